ALTER TABLE "contact_point" ADD COLUMN "changed_by" uuid;--> statement-breakpoint
ALTER TABLE "contact_point" ADD COLUMN "changed_at" bigint;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "changed_by" uuid;--> statement-breakpoint
ALTER TABLE "customer" ADD COLUMN "changed_at" bigint;