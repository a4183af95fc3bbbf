-- An item is written some eight times on its way and its 73 values once: kept out of line, they are not copied with every step.
ALTER TABLE review_item SET (toast_tuple_target = 128);

-- Who watches a batch asks again and again what was not done: mostly nothing.
CREATE INDEX review_batch_item_reason ON review_batch_item (batch_id) WHERE reason IS NOT NULL;
