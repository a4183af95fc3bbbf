-- What the Prisma schema cannot say: order, truth, append-only history and the one scope layer.

-- 1. Paths and keys compare by bytes, whatever the locale of the server (architecture §4).
DO $$
DECLARE c record;
BEGIN
  FOR c IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public'
      AND column_name IN ('path', 'org_path', 'waiting_path', 'scope_path', 'code', 'identity_number', 'student_number', 'number', 'pinyin_initials')
      AND data_type IN ('text', 'character varying')
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
  END LOOP;
END $$;
ALTER TABLE student ALTER COLUMN student_number TYPE varchar(19) COLLATE "C";
ALTER TABLE student_number ALTER COLUMN number TYPE varchar(19) COLLATE "C";

-- 2. Closed lists and shapes.
ALTER TABLE organization
  ADD CONSTRAINT organization_level CHECK (level IN ('ministry', 'province', 'city', 'county', 'school')),
  ADD CONSTRAINT organization_status CHECK (status IN ('active', 'abolished')),
  ADD CONSTRAINT organization_school_has_authority CHECK (level <> 'school' OR authority_id IS NOT NULL),
  ADD CONSTRAINT organization_tree CHECK ((level = 'ministry') = (parent_id IS NULL));
ALTER TABLE grade ADD CONSTRAINT grade_stage CHECK (stage BETWEEN 1 AND 3);
-- SCH-020: year + stage + two digits.
ALTER TABLE school_class ADD CONSTRAINT school_class_number CHECK (class_number ~ '^\d{4}[123]\d{2}$' AND right(class_number, 2) <> '00');
ALTER TABLE workflow_rule
  ADD CONSTRAINT workflow_rule_business CHECK (business BETWEEN 1 AND 45),
  ADD CONSTRAINT workflow_rule_kind CHECK (school_kind IN ('ordinary', 'special', 'reform')),
  ADD CONSTRAINT workflow_rule_steps CHECK (steps <@ ARRAY['school', 'authority', 'city', 'province']),
  -- WF-006: children without identity document always reach the province.
  ADD CONSTRAINT workflow_rule_reaches_province CHECK (business NOT IN (4, 6, 37, 42) OR 'province' = ANY (steps));
ALTER TABLE import_batch
  ADD CONSTRAINT import_batch_status CHECK (status IN ('pending', 'running', 'succeeded', 'failed')),
  -- REG-007: whole or not at all.
  ADD CONSTRAINT import_batch_whole CHECK (status <> 'succeeded' OR (invalid_rows = 0 AND valid_rows = total_rows));
ALTER TABLE review_item
  ADD CONSTRAINT review_item_status CHECK (status IN ('checking', 'duplicate', 'open', 'returned', 'rejected', 'refused', 'ended', 'effective', 'removed')),
  ADD CONSTRAINT review_item_waits CHECK ((status = 'open') = (waiting_path IS NOT NULL) AND (waiting_path IS NULL) = (waiting_act IS NULL)),
  ADD CONSTRAINT review_item_act CHECK (waiting_act IN ('review', 'escalate')),
  ADD CONSTRAINT review_item_check CHECK (duplicate_status BETWEEN 0 AND 3 AND verification_status BETWEEN 0 AND 3),
  -- REG-021, REG-022: nothing unchecked or duplicated takes effect, whatever the code does. Z = without identity document.
  ADD CONSTRAINT review_item_checked CHECK (status <> 'effective' OR identity_type = 'Z'
    OR (duplicate_status = 2 AND (identity_type <> '1' OR verification_status >= 2)));
ALTER TABLE review_event
  ADD CONSTRAINT review_event_kind CHECK (kind IN ('submit', 'check', 'approve', 'refuse', 'escalate', 'resubmit', 'remove', 'end', 'effect')),
  -- WF-008: filed and reviewed by different people.
  ADD CONSTRAINT review_event_two_people CHECK (kind NOT IN ('approve', 'refuse') OR actor_id <> applicant_id),
  -- WF-009: a refusal says why.
  ADD CONSTRAINT review_event_says_why CHECK (kind <> 'refuse' OR btrim(opinion) <> '');
ALTER TABLE student
  ADD CONSTRAINT student_number_shape CHECK (student_number ~ '^[GLJ][0-9A-Z]{17}[0-9X]$'),
  ADD CONSTRAINT student_gender CHECK (gender IN ('1', '2')),
  -- NUM-003, NUM-009: a formal number may differ from the present document, but never be issued unverified.
  ADD CONSTRAINT student_formal_verified CHECK (left(student_number, 1) <> 'G' OR verification_status = 2);
ALTER TABLE role_grant ADD CONSTRAINT role_grant_role CHECK (role IN ('schoolRegistrar', 'schoolLeader', 'homeroomTeacher', 'newcomerClerk',
  'countyRegistrar', 'cityRegistrar', 'provinceRegistrar', 'ministryRegistrar', 'systemAdministrator', 'dataAdministrator'));

-- 3. Unique truths and the indexes of the hot paths.
CREATE UNIQUE INDEX identity_claim_live ON identity_claim (identity_number, identity_type) WHERE released_at IS NULL;
CREATE UNIQUE INDEX review_item_one_open ON review_item (student_id)
  WHERE student_id IS NOT NULL AND status IN ('checking', 'duplicate', 'open', 'returned');
CREATE INDEX review_item_waiting ON review_item (waiting_path, waiting_act, room, org_path, id) WHERE status = 'open';
CREATE INDEX review_item_due ON review_item (next_check_at) WHERE status = 'checking';
CREATE INDEX review_item_duplicate ON review_item (waiting_since) WHERE status = 'duplicate';
CREATE INDEX review_item_returned ON review_item (org_path, room, id) WHERE status = 'returned';
CREATE INDEX review_item_identity ON review_item (identity_number) WHERE identity_number IS NOT NULL;
CREATE INDEX review_item_batch ON review_item (import_batch_id) WHERE import_batch_id IS NOT NULL;
CREATE INDEX review_item_grade ON review_item (grade_id) WHERE grade_id IS NOT NULL;
CREATE INDEX import_row_invalid ON import_row (batch_id, row_number) WHERE NOT valid;
CREATE INDEX import_batch_unfinished ON import_batch (id) WHERE status IN ('pending', 'running');
CREATE INDEX review_batch_unfinished ON review_batch (id) WHERE status = 'running';
CREATE INDEX review_batch_item_todo ON review_batch_item (batch_id, item_id) WHERE outcome IS NULL;
CREATE INDEX student_identity ON student (identity_number) WHERE identity_number IS NOT NULL;

-- Ids made inside set statements: UUIDv7 as RFC 9562 has it, for servers older than PostgreSQL 18.
CREATE FUNCTION new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- 4. History nobody can alter: no role may update or delete these rows.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['audit_event', 'review_event', 'student_change'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t || '_append_only', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t || '_no_truncate', t);
  END LOOP;
END $$;

-- 5. The one scope layer: a scoped table shows and takes only rows within the range set for the transaction. Without a range it shows none.
-- import_row has no policy of its own, because COPY does not work under one: it is reached through its batch, which has (checked by a test).
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['grade', 'school_class', 'import_batch', 'review_item', 'review_event', 'review_batch', 'student', 'guardian',
    'student_change', 'problem_member', 'stored_file', 'account', 'audit_event'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format($p$CREATE POLICY scope ON %I USING (org_path >= current_setting('app.scope_from') AND org_path < current_setting('app.scope_to'))$p$, t);
  END LOOP;
END $$;

-- 6. Sixteen audit chains, each beginning at a hash of zeros.
INSERT INTO audit_chain (chain, seq, hash) SELECT n, 0, repeat('0', 64) FROM generate_series(0, 15) AS n;
