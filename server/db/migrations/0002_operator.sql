CREATE TABLE "device_state" (
	"device_id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"seen_at" bigint NOT NULL,
	"app_version" text NOT NULL,
	"protocol_version" integer NOT NULL,
	"cache_schema" integer NOT NULL,
	"cursor" bigint NOT NULL,
	"behind" bigint NOT NULL,
	"unsent" integer NOT NULL,
	"needs_attention" integer NOT NULL,
	"alarm" text,
	"free_disk_bytes" bigint
);
--> statement-breakpoint
CREATE TABLE "feed_mark" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "feed_pending" ADD COLUMN "left_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL;--> statement-breakpoint
ALTER TABLE "command_result" ADD COLUMN "dealt_with_at" bigint;--> statement-breakpoint
ALTER TABLE "command_result" ADD COLUMN "dealt_with_by" uuid;