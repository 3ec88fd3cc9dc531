CREATE TABLE "call_agent" (
	"call_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"first_at" bigint NOT NULL,
	CONSTRAINT "call_agent_call_id_user_id_pk" PRIMARY KEY("call_id","user_id")
);
