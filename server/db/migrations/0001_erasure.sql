CREATE TABLE "erased_row" (
	"row_id" uuid PRIMARY KEY NOT NULL,
	"erasure_id" uuid NOT NULL,
	"entity" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erasure" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"customer_id" uuid NOT NULL,
	"erased_at" bigint NOT NULL,
	"erased_by" uuid,
	"reason" text NOT NULL,
	"seq" bigint NOT NULL,
	"counts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erasure_receipt" (
	"erasure_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"confirmed_at" bigint NOT NULL,
	"set_aside" integer NOT NULL,
	CONSTRAINT "erasure_receipt_erasure_id_device_id_pk" PRIMARY KEY("erasure_id","device_id")
);
--> statement-breakpoint
CREATE INDEX "erased_row_erasure" ON "erased_row" USING btree ("erasure_id");--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_number" ON "erasure" USING btree ("number");--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_customer" ON "erasure" USING btree ("customer_id");