-- Where the newcomers of a school year stand, by organisation. No column that moves with a step is in it: items would cease to be written in place (decision 0010).
CREATE INDEX review_item_progress ON review_item (room, org_path, grade_id) WHERE grade_id IS NOT NULL;
-- What is under way below an organisation, however much has ended there.
CREATE INDEX review_queue_range ON review_queue (room, org_path);
