-- The old rows have no id that a workstation could know them by, and no release has written any.
DELETE FROM "interaction_revision";--> statement-breakpoint
ALTER TABLE "interaction_revision" DROP CONSTRAINT "interaction_revision_interaction_id_revision_pk";--> statement-breakpoint
ALTER TABLE "preference" ADD COLUMN "confirmed_by" uuid;--> statement-breakpoint
ALTER TABLE "preference" ADD COLUMN "retired_at" bigint;--> statement-breakpoint
ALTER TABLE "preference" ADD COLUMN "retired_by" uuid;--> statement-breakpoint
ALTER TABLE "preference" ADD COLUMN "earlier" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "complaint" ADD COLUMN "steps" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "interaction" ADD COLUMN "revised_by" uuid;--> statement-breakpoint
ALTER TABLE "interaction" ADD COLUMN "revised_at" bigint;--> statement-breakpoint
ALTER TABLE "interaction" ADD COLUMN "additions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "quote" ADD COLUMN "asked_at" bigint;--> statement-breakpoint
ALTER TABLE "quote" ADD COLUMN "decided_by" uuid;--> statement-breakpoint
ALTER TABLE "quote" ADD COLUMN "decided_at" bigint;--> statement-breakpoint
ALTER TABLE "quote" ADD COLUMN "decision_reason" text;--> statement-breakpoint
ALTER TABLE "quote" ADD COLUMN "decision_seen_at" bigint;--> statement-breakpoint
ALTER TABLE "quote" ADD COLUMN "answered_by" uuid;--> statement-breakpoint
ALTER TABLE "quote" ADD COLUMN "answered_at" bigint;--> statement-breakpoint
ALTER TABLE "quote" ADD COLUMN "answer_reason" text;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "done_by" uuid;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "drop_reason" text;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "changed_by" uuid;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "changed_at" bigint;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "callback_number" text;--> statement-breakpoint
ALTER TABLE "interaction_revision" ADD COLUMN "id" uuid PRIMARY KEY NOT NULL;--> statement-breakpoint
ALTER TABLE "interaction_revision" ADD COLUMN "version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "interaction_revision" ADD COLUMN "scope" text NOT NULL;--> statement-breakpoint
ALTER TABLE "interaction_revision" ADD COLUMN "customer_id" uuid;--> statement-breakpoint
ALTER TABLE "interaction_revision" ADD COLUMN "written_by" uuid;--> statement-breakpoint
ALTER TABLE "interaction_revision" ADD COLUMN "written_at" bigint NOT NULL;--> statement-breakpoint
CREATE INDEX "interaction_revision_customer" ON "interaction_revision" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "interaction_revision_interaction" ON "interaction_revision" USING btree ("interaction_id");--> statement-breakpoint
ALTER TABLE "interaction_revision" DROP COLUMN "replaced_by";--> statement-breakpoint
ALTER TABLE "interaction_revision" DROP COLUMN "replaced_at";