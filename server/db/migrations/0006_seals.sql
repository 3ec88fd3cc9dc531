-- Sign-ins of before have no key to seal with: their users sign in again.
DELETE FROM "session";--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "id" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "seal_key" text NOT NULL;--> statement-breakpoint
ALTER TABLE "site" ADD COLUMN "server_id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "session_id" ON "session" USING btree ("id");