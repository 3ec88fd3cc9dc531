CREATE SEQUENCE "public"."complaint_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 100001 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."customer_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 100001 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "public"."quote_numbers" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 100001 CACHE 1;--> statement-breakpoint
CREATE TABLE "device" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"label" text NOT NULL,
	"registered_by" uuid NOT NULL,
	"registered_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "device_user" (
	"device_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "device_user_device_id_user_id_pk" PRIMARY KEY("device_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempt" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_credential" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agent_call" (
	"user_id" uuid NOT NULL,
	"call_id" text NOT NULL,
	"revision" integer NOT NULL,
	"call" jsonb NOT NULL,
	CONSTRAINT "agent_call_user_id_call_id_pk" PRIMARY KEY("user_id","call_id")
);
--> statement-breakpoint
CREATE TABLE "agent_state" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"revision" integer NOT NULL,
	"state" jsonb NOT NULL,
	"next" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "call_log" (
	"call_id" text PRIMARY KEY NOT NULL,
	"direction" text NOT NULL,
	"queue" text,
	"line" text,
	"user_id" uuid,
	"offered_at" bigint NOT NULL,
	"answered_at" bigint,
	"ended_at" bigint NOT NULL,
	"wait_ms" bigint NOT NULL,
	"talk_ms" bigint NOT NULL,
	"hold_ms" bigint NOT NULL,
	"wrap_ms" bigint,
	"outcome" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "call_plan" (
	"position" bigint PRIMARY KEY NOT NULL,
	"call" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "line" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"label" text NOT NULL,
	"number" text,
	"country" text NOT NULL,
	"area_code" text,
	"outside_prefixes" jsonb NOT NULL,
	"e164_without_plus" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"sku" text NOT NULL,
	"name" text NOT NULL,
	"native_name" text,
	"unit" text NOT NULL,
	"currency" text NOT NULL,
	"list_price_minor" bigint NOT NULL,
	"floor_price_minor" bigint NOT NULL,
	"active" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product_cost" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"currency" text NOT NULL,
	"unit_cost_minor" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_point" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"label" text NOT NULL,
	"raw" text NOT NULL,
	"e164" text,
	"national_key" text,
	"email_key" text,
	"region" text,
	"preferred" boolean NOT NULL,
	"invalid" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"number" text NOT NULL,
	"kind" text NOT NULL,
	"profile" text NOT NULL,
	"display_name" text NOT NULL,
	"given_name" text,
	"family_name" text,
	"native_name" text,
	"organisation_id" uuid,
	"language" text NOT NULL,
	"city" text,
	"country" text,
	"birthday" text,
	"tier" text NOT NULL,
	"customer_since" bigint,
	"currency" text NOT NULL,
	"lifetime_value_minor" bigint,
	"churn_risk" text,
	"credit_grade" text,
	"credit_limit_minor" bigint,
	"owner_user_id" uuid,
	"remark" text
);
--> statement-breakpoint
CREATE TABLE "number_pick" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"e164" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"times" integer NOT NULL,
	"picked_by" uuid NOT NULL,
	"picked_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "preference" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	"source" text NOT NULL,
	"noted_by" uuid,
	"noted_at" bigint NOT NULL,
	"confirmed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "complaint" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"number" text,
	"subject" text NOT NULL,
	"description" text NOT NULL,
	"severity" text NOT NULL,
	"step" text NOT NULL,
	"department" text NOT NULL,
	"owner_user_id" uuid,
	"order_id" uuid,
	"opened_at" bigint NOT NULL,
	"opened_by" uuid,
	"due_at" bigint,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "interaction" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid,
	"channel" text NOT NULL,
	"direction" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"call_id" text,
	"user_id" uuid,
	"queue" text,
	"wait_ms" bigint,
	"talk_ms" bigint,
	"matter" text,
	"outcome" text,
	"next_step" text,
	"note" text NOT NULL,
	"revision" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quote" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"number" text,
	"issued_at" bigint NOT NULL,
	"issued_by" uuid NOT NULL,
	"valid_until" bigint NOT NULL,
	"status" text NOT NULL,
	"approval" text NOT NULL,
	"supersedes" uuid,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"lines" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stay" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"number" text NOT NULL,
	"arrive_at" bigint NOT NULL,
	"arrive_on" date NOT NULL,
	"depart_on" date NOT NULL,
	"room_type_reserved" text NOT NULL,
	"room_type_assigned" text,
	"room" text,
	"meal" text NOT NULL,
	"adults" integer NOT NULL,
	"children" integer NOT NULL,
	"special_requests" jsonb NOT NULL,
	"currency" text NOT NULL,
	"daily_rate_minor" bigint NOT NULL,
	"status" text NOT NULL,
	"repeat_guest" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "task" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"detail" text NOT NULL,
	"due_at" bigint NOT NULL,
	"status" text NOT NULL,
	"owner_user_id" uuid,
	"created_by" uuid,
	"created_at" bigint NOT NULL,
	"done_at" bigint,
	"source_id" uuid
);
--> statement-breakpoint
CREATE TABLE "feed_head" (
	"entity" text NOT NULL,
	"row_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"scope" text NOT NULL,
	CONSTRAINT "feed_head_entity_row_id_pk" PRIMARY KEY("entity","row_id")
);
--> statement-breakpoint
CREATE TABLE "feed_log" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"pending_id" bigint NOT NULL,
	"ends_transaction" boolean NOT NULL,
	"entity" text NOT NULL,
	"row_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"left_scope" text,
	"row" json
);
--> statement-breakpoint
CREATE TABLE "feed_pending" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"entity" text NOT NULL,
	"row_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"left_scope" text,
	"row" json
);
--> statement-breakpoint
CREATE TABLE "command_result" (
	"device_id" uuid NOT NULL,
	"incarnation" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"command_id" uuid NOT NULL,
	"name" text NOT NULL,
	"command_version" integer NOT NULL,
	"args" json NOT NULL,
	"hash" text NOT NULL,
	"user_id" uuid NOT NULL,
	"at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"kind" text NOT NULL,
	"outcome" json NOT NULL,
	CONSTRAINT "command_result_device_id_incarnation_seq_pk" PRIMARY KEY("device_id","incarnation","seq")
);
--> statement-breakpoint
CREATE TABLE "device_incarnation" (
	"device_id" uuid NOT NULL,
	"incarnation" uuid NOT NULL,
	"next_seq" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "device_incarnation_device_id_incarnation_pk" PRIMARY KEY("device_id","incarnation")
);
--> statement-breakpoint
CREATE TABLE "interaction_revision" (
	"interaction_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"note" text NOT NULL,
	"matter" text,
	"outcome" text,
	"replaced_by" uuid NOT NULL,
	"replaced_at" bigint NOT NULL,
	CONSTRAINT "interaction_revision_interaction_id_revision_pk" PRIMARY KEY("interaction_id","revision")
);
--> statement-breakpoint
CREATE TABLE "invoice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"order_id" uuid,
	"number" text NOT NULL,
	"issued_at" bigint NOT NULL,
	"due_on" date NOT NULL,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"paid_minor" bigint NOT NULL,
	"status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sales_order" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"number" text NOT NULL,
	"placed_at" bigint NOT NULL,
	"status" text NOT NULL,
	"channel" text NOT NULL,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"expected_on" date,
	"lines" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "order_return" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"requested_at" bigint NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"refund_minor" bigint NOT NULL,
	"closed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "payment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"invoice_id" uuid,
	"received_at" bigint NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"method" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shipment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"carrier" text NOT NULL,
	"tracking_number" text NOT NULL,
	"shipped_at" bigint NOT NULL,
	"expected_on" date,
	"delivered_at" bigint,
	"status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "app_user" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"scope" text NOT NULL,
	"login" text NOT NULL,
	"display_name" text NOT NULL,
	"native_name" text,
	"role" text NOT NULL,
	"team" text NOT NULL,
	"extension" text,
	"active" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "site" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"epoch" text NOT NULL,
	"floor" bigint NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"currency" text NOT NULL,
	"country" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "call_log_offered" ON "call_log" USING btree ("offered_at");--> statement-breakpoint
CREATE INDEX "call_log_user" ON "call_log" USING btree ("user_id","offered_at");--> statement-breakpoint
CREATE INDEX "contact_point_customer" ON "contact_point" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "contact_point_e164" ON "contact_point" USING btree ("e164");--> statement-breakpoint
CREATE INDEX "contact_point_national_key" ON "contact_point" USING btree ("national_key");--> statement-breakpoint
CREATE INDEX "contact_point_email_key" ON "contact_point" USING btree ("email_key");--> statement-breakpoint
CREATE INDEX "customer_number" ON "customer" USING btree ("number");--> statement-breakpoint
CREATE INDEX "customer_organisation" ON "customer" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "number_pick_e164" ON "number_pick" USING btree ("e164");--> statement-breakpoint
CREATE INDEX "number_pick_customer" ON "number_pick" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "preference_customer" ON "preference" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "complaint_customer" ON "complaint" USING btree ("customer_id","opened_at");--> statement-breakpoint
CREATE INDEX "interaction_customer" ON "interaction" USING btree ("customer_id","started_at");--> statement-breakpoint
CREATE INDEX "interaction_call" ON "interaction" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "quote_customer" ON "quote" USING btree ("customer_id","issued_at");--> statement-breakpoint
CREATE INDEX "stay_customer" ON "stay" USING btree ("customer_id","arrive_at");--> statement-breakpoint
CREATE INDEX "task_customer" ON "task" USING btree ("customer_id","due_at");--> statement-breakpoint
CREATE INDEX "feed_head_seq" ON "feed_head" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "feed_pending_transaction" ON "feed_pending" USING btree ("transaction");--> statement-breakpoint
CREATE INDEX "feed_pending_row" ON "feed_pending" USING btree ("row_id");--> statement-breakpoint
CREATE UNIQUE INDEX "command_result_command" ON "command_result" USING btree ("command_id");--> statement-breakpoint
CREATE INDEX "command_result_kind" ON "command_result" USING btree ("kind","received_at");--> statement-breakpoint
CREATE INDEX "invoice_customer" ON "invoice" USING btree ("customer_id","issued_at");--> statement-breakpoint
CREATE INDEX "sales_order_customer" ON "sales_order" USING btree ("customer_id","placed_at");--> statement-breakpoint
CREATE INDEX "sales_order_number" ON "sales_order" USING btree ("number");--> statement-breakpoint
CREATE INDEX "order_return_customer" ON "order_return" USING btree ("customer_id","requested_at");--> statement-breakpoint
CREATE INDEX "payment_customer" ON "payment" USING btree ("customer_id","received_at");--> statement-breakpoint
CREATE INDEX "shipment_customer" ON "shipment" USING btree ("customer_id","shipped_at");--> statement-breakpoint
CREATE UNIQUE INDEX "app_user_login" ON "app_user" USING btree (lower("login"));