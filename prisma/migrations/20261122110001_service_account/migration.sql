-- CreateTable
CREATE TABLE "service_account" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "key_hash" CHAR(64) NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "service_account_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "service_account_key_hash_key" ON "service_account"("key_hash");

-- CreateIndex
CREATE INDEX "service_account_org_path_id_idx" ON "service_account"("org_path", "id");

-- What the schema cannot say: only a hash is kept, every key ends, and administrators see those of their range.
ALTER TABLE service_account
  ALTER COLUMN org_path TYPE text COLLATE "C",
  ADD CONSTRAINT service_account_hash CHECK (key_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT service_account_ends CHECK (expires_at > created_at);
ALTER TABLE service_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY scope ON service_account USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'));
