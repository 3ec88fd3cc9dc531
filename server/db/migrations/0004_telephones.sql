CREATE TABLE "telephone_lease" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"term" integer NOT NULL,
	"holding" uuid,
	"node" text NOT NULL,
	"since" bigint NOT NULL
);
