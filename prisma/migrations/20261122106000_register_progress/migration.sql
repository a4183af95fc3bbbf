-- Where the newcomers of a school year stand, by organisation: counted from this index alone, whatever the size of the province.
CREATE INDEX review_item_progress ON review_item (room, org_path, grade_id) INCLUDE (status, identity_type, verification_status) WHERE grade_id IS NOT NULL;
