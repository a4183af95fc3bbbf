-- CreateIndex
CREATE INDEX "review_batch_org_path_id_idx" ON "review_batch"("org_path", "id");
