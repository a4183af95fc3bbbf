-- What is decided in one transaction is one row (decision 0021): a target had one of its own, written twice for every decision and kept for ever.
CREATE TABLE "review_batch_part" (
    "batch_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_ids" UUID[],
    "refused" JSONB,

    CONSTRAINT "review_batch_part_pkey" PRIMARY KEY ("batch_id","position")
);
ALTER TABLE "review_batch_part" ADD CONSTRAINT "review_batch_part_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "review_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO review_batch_part (batch_id, position, item_ids, refused)
SELECT batch_id, row_number() OVER (PARTITION BY batch_id ORDER BY open, part), items, CASE WHEN open THEN NULL ELSE coalesce(refused, '[]') END
FROM (
  SELECT batch_id, open, (n - 1) / 500 AS part, array_agg(item_id ORDER BY n) AS items,
    jsonb_agg(jsonb_build_object('id', item_id, 'outcome', outcome, 'reason', reason) ORDER BY n) FILTER (WHERE reason IS NOT NULL) AS refused
  FROM (
    SELECT *, outcome IS NULL AS open, row_number() OVER (PARTITION BY batch_id, outcome IS NULL ORDER BY item_id) AS n FROM review_batch_item
  ) AS target
  GROUP BY 1, 2, 3
) AS part;
DROP TABLE review_batch_item;

ALTER TABLE review_batch_part ADD CONSTRAINT review_batch_part_targets CHECK (coalesce(cardinality(item_ids), 0) > 0);
-- Who watches a batch asks again and again what was not done: mostly nothing.
CREATE INDEX review_batch_part_refused ON review_batch_part (batch_id) WHERE refused <> '[]';
