-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "username" TEXT NOT NULL,
    "display_name" TEXT NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "password_changed_at" TIMESTAMPTZ(3) NOT NULL,
    "must_change" BOOLEAN NOT NULL DEFAULT true,
    "status" TEXT NOT NULL DEFAULT 'active',
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "account_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("account_id","role")
);

-- CreateTable
CREATE TABLE "session" (
    "id_hash" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "csrf_token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "login_failure" (
    "username_hash" CHAR(64) NOT NULL,
    "count" INTEGER NOT NULL,
    "locked_until" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "login_failure_pkey" PRIMARY KEY ("username_hash")
);

-- CreateTable
CREATE TABLE "import_batch" (
    "id" UUID NOT NULL,
    "room" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "file_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_hash" CHAR(64) NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "uploader_name" TEXT NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "phase" TEXT NOT NULL DEFAULT 'queued',
    "progress" INTEGER NOT NULL DEFAULT 0,
    "total_rows" INTEGER NOT NULL DEFAULT 0,
    "valid_rows" INTEGER NOT NULL DEFAULT 0,
    "invalid_rows" INTEGER NOT NULL DEFAULT 0,
    "failure" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "row_number" INTEGER NOT NULL,
    "cells" JSONB NOT NULL,
    "values" JSONB NOT NULL,
    "issues" JSONB NOT NULL,
    "valid" BOOLEAN NOT NULL,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "level" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "parent_id" UUID,
    "authority_id" UUID,
    "region_code" CHAR(6) NOT NULL,
    "pinyin_initials" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "school" (
    "organization_id" UUID NOT NULL,
    "school_code" CHAR(10) NOT NULL,
    "name_en" TEXT NOT NULL DEFAULT '无',
    "address" TEXT NOT NULL DEFAULT '',
    "school_type" CHAR(3) NOT NULL,
    "founder_type" CHAR(2) NOT NULL,
    "urban_rural" CHAR(3) NOT NULL,
    "attached_class_types" TEXT[],
    "primary_years" SMALLINT,
    "junior_years" SMALLINT,
    "senior_years" SMALLINT,
    "primary_entry_age" SMALLINT,

    CONSTRAINT "school_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "grade" (
    "id" UUID NOT NULL,
    "school_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "stage" SMALLINT NOT NULL,
    "entry_year" SMALLINT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',

    CONSTRAINT "grade_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "school_class" (
    "id" UUID NOT NULL,
    "grade_id" UUID NOT NULL,
    "school_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "class_number" CHAR(7) NOT NULL,
    "name" TEXT NOT NULL,
    "class_type" CHAR(2) NOT NULL,
    "is_bilingual" BOOLEAN NOT NULL DEFAULT false,
    "bilingual_lang" TEXT,
    "bilingual_mode" TEXT,
    "head_teacher_name" TEXT,
    "campus_number" TEXT,
    "is_composite" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL DEFAULT 'active',

    CONSTRAINT "school_class_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region" (
    "code" CHAR(6) NOT NULL,
    "name" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "parent_code" CHAR(6) NOT NULL,
    "pinyin_initials" TEXT NOT NULL,

    CONSTRAINT "region_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "org_path" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key","org_path")
);

-- CreateTable
CREATE TABLE "workflow_rule" (
    "id" UUID NOT NULL,
    "business" SMALLINT NOT NULL,
    "school_kind" TEXT NOT NULL,
    "stage" SMALLINT NOT NULL,
    "scope_path" TEXT NOT NULL,
    "scope_name" TEXT NOT NULL,
    "steps" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stored_file" (
    "id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stored_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "account_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" CHAR(64) NOT NULL,
    "status" INTEGER,
    "body" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("account_id","key")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "chain" SMALLINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "org_path" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "request_id" TEXT NOT NULL,
    "prev_hash" CHAR(64) NOT NULL,
    "hash" CHAR(64) NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("chain","seq")
);

-- CreateTable
CREATE TABLE "audit_chain" (
    "chain" SMALLINT NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" CHAR(64) NOT NULL,

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("chain")
);

-- CreateTable
CREATE TABLE "review_item" (
    "id" UUID NOT NULL,
    "room" TEXT NOT NULL,
    "business" SMALLINT NOT NULL,
    "category" TEXT NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "org_name" TEXT NOT NULL,
    "student_id" UUID,
    "payload" JSONB NOT NULL,
    "chain" JSONB NOT NULL,
    "step" SMALLINT NOT NULL DEFAULT 0,
    "round" SMALLINT NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "waiting_path" TEXT,
    "waiting_act" TEXT,
    "waiting_since" TIMESTAMPTZ(3) NOT NULL,
    "applicant_id" UUID NOT NULL,
    "applied_at" TIMESTAMPTZ(3) NOT NULL,
    "import_batch_id" UUID,
    "row_number" INTEGER,
    "student_name" TEXT NOT NULL,
    "gender" CHAR(1) NOT NULL,
    "birth_date" DATE NOT NULL,
    "identity_type" CHAR(1) NOT NULL,
    "identity_number" TEXT,
    "grade_id" UUID,
    "grade_name" TEXT NOT NULL,
    "class_id" UUID,
    "class_name" TEXT,
    "student_number" TEXT,
    "duplicate_status" SMALLINT NOT NULL DEFAULT 0,
    "verification_status" SMALLINT NOT NULL DEFAULT 0,
    "verification_fault" TEXT,
    "duplicate_holder" TEXT,
    "check_attempts" INTEGER NOT NULL DEFAULT 0,
    "next_check_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_event" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "round" SMALLINT NOT NULL,
    "step" SMALLINT,
    "opinion" TEXT NOT NULL DEFAULT '',
    "detail" JSONB,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "actor_org" TEXT NOT NULL,
    "applicant_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_batch" (
    "id" UUID NOT NULL,
    "room" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "opinion" TEXT NOT NULL DEFAULT '',
    "account_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "request_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'running',
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review_batch_item" (
    "batch_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "outcome" TEXT,
    "reason" TEXT,

    CONSTRAINT "review_batch_item_pkey" PRIMARY KEY ("batch_id","item_id")
);

-- CreateTable
CREATE TABLE "identity_claim" (
    "id" UUID NOT NULL,
    "identity_type" CHAR(1) NOT NULL,
    "identity_number" TEXT NOT NULL,
    "org_path" TEXT NOT NULL,
    "item_id" UUID,
    "student_id" UUID,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "identity_claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "student" (
    "id" UUID NOT NULL,
    "student_number" VARCHAR(19) NOT NULL,
    "org_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "grade_id" UUID,
    "class_id" UUID,
    "study_status" TEXT NOT NULL,
    "is_problem" BOOLEAN NOT NULL DEFAULT false,
    "category" CHAR(3) NOT NULL,
    "item_id" UUID NOT NULL,
    "verification_status" SMALLINT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "name" TEXT NOT NULL,
    "name_pinyin" TEXT NOT NULL DEFAULT '',
    "gender" CHAR(1) NOT NULL,
    "birth_date" DATE NOT NULL,
    "birth_place_code" CHAR(12),
    "native_place" TEXT,
    "ethnicity" CHAR(2),
    "nationality" CHAR(3) NOT NULL,
    "identity_type" CHAR(1) NOT NULL,
    "identity_number" TEXT,
    "overseas_type" CHAR(2),
    "health_status" CHAR(2),
    "political_status" CHAR(2),
    "household_type" CHAR(1),
    "household_place_code" CHAR(12),
    "former_name" TEXT,
    "identity_valid_period" TEXT,
    "blood_type" CHAR(1),
    "specialty" TEXT,
    "campus_number" TEXT,
    "class_number" CHAR(7),
    "enrolled_month" CHAR(6) NOT NULL,
    "enrol_mode" CHAR(2),
    "boarding_mode" CHAR(1),
    "auxiliary_number" TEXT,
    "seat_number" TEXT,
    "student_source" CHAR(1),
    "current_address" TEXT,
    "mail_address" TEXT,
    "home_address" TEXT,
    "phone" TEXT,
    "postcode" CHAR(6),
    "email" TEXT,
    "homepage" TEXT,
    "is_only_child" BOOLEAN,
    "had_preschool" BOOLEAN,
    "is_left_behind" BOOLEAN,
    "is_rural_left_behind" BOOLEAN,
    "is_disabled" BOOLEAN,
    "needs_aid" BOOLEAN,
    "gets_boarding_subsidy" BOOLEAN,
    "is_orphan" BOOLEAN,
    "is_martyr_child" BOOLEAN,
    "is_migrant" BOOLEAN,
    "is_migrant_worker_child" BOOLEAN,
    "has_purchased_place" BOOLEAN,
    "school_distance" DECIMAL(4,1),
    "commute_mode" CHAR(1),
    "needs_school_bus" BOOLEAN,

    CONSTRAINT "student_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guardian" (
    "student_id" UUID NOT NULL,
    "position" SMALLINT NOT NULL,
    "org_path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "relation" CHAR(2),
    "relation_note" TEXT,
    "ethnicity" CHAR(2),
    "work_unit" TEXT,
    "current_address" TEXT,
    "household_place_code" CHAR(12),
    "phone" TEXT,
    "is_guardian" BOOLEAN NOT NULL DEFAULT false,
    "identity_type" CHAR(1),
    "identity_number" TEXT,
    "job_title" TEXT,

    CONSTRAINT "guardian_pkey" PRIMARY KEY ("student_id","position")
);

-- CreateTable
CREATE TABLE "student_change" (
    "id" UUID NOT NULL,
    "student_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "occurred_on" DATE NOT NULL,
    "summary" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "item_id" UUID,
    "actor_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "student_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "student_number" (
    "number" VARCHAR(19) NOT NULL,
    "student_id" UUID NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "student_number_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "problem_group" (
    "id" UUID NOT NULL,
    "problem_type" SMALLINT NOT NULL,
    "fault" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "problem_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "problem_member" (
    "group_id" UUID NOT NULL,
    "student_id" UUID NOT NULL,
    "org_path" TEXT NOT NULL,
    "position" SMALLINT NOT NULL,
    "is_locked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "problem_member_pkey" PRIMARY KEY ("group_id","student_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_username_key" ON "account"("username");

-- CreateIndex
CREATE INDEX "account_org_path_id_idx" ON "account"("org_path", "id");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE INDEX "session_last_seen_at_idx" ON "session"("last_seen_at");

-- CreateIndex
CREATE INDEX "import_batch_org_path_room_id_idx" ON "import_batch"("org_path", "room", "id");

-- CreateIndex
CREATE INDEX "import_batch_file_hash_idx" ON "import_batch"("file_hash");

-- CreateIndex
CREATE UNIQUE INDEX "import_row_batch_id_row_number_key" ON "import_row"("batch_id", "row_number");

-- CreateIndex
CREATE UNIQUE INDEX "organization_code_key" ON "organization"("code");

-- CreateIndex
CREATE UNIQUE INDEX "organization_path_key" ON "organization"("path");

-- CreateIndex
CREATE INDEX "organization_parent_id_code_idx" ON "organization"("parent_id", "code");

-- CreateIndex
CREATE INDEX "organization_authority_id_idx" ON "organization"("authority_id");

-- CreateIndex
CREATE INDEX "organization_pinyin_initials_idx" ON "organization"("pinyin_initials");

-- CreateIndex
CREATE UNIQUE INDEX "school_school_code_key" ON "school"("school_code");

-- CreateIndex
CREATE INDEX "grade_org_path_id_idx" ON "grade"("org_path", "id");

-- CreateIndex
CREATE UNIQUE INDEX "grade_school_id_stage_entry_year_key" ON "grade"("school_id", "stage", "entry_year");

-- CreateIndex
CREATE INDEX "school_class_org_path_id_idx" ON "school_class"("org_path", "id");

-- CreateIndex
CREATE INDEX "school_class_grade_id_idx" ON "school_class"("grade_id");

-- CreateIndex
CREATE UNIQUE INDEX "school_class_school_id_class_number_key" ON "school_class"("school_id", "class_number");

-- CreateIndex
CREATE INDEX "region_parent_code_code_idx" ON "region"("parent_code", "code");

-- CreateIndex
CREATE UNIQUE INDEX "workflow_rule_business_school_kind_stage_scope_path_key" ON "workflow_rule"("business", "school_kind", "stage", "scope_path");

-- CreateIndex
CREATE INDEX "stored_file_org_path_id_idx" ON "stored_file"("org_path", "id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "audit_event_org_path_at_idx" ON "audit_event"("org_path", "at");

-- CreateIndex
CREATE INDEX "audit_event_target_idx" ON "audit_event"("target");

-- CreateIndex
CREATE INDEX "review_item_org_path_room_id_idx" ON "review_item"("org_path", "room", "id");

-- CreateIndex
CREATE INDEX "review_event_item_id_id_idx" ON "review_event"("item_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "review_event_item_id_round_step_key" ON "review_event"("item_id", "round", "step");

-- CreateIndex
CREATE INDEX "review_batch_account_id_id_idx" ON "review_batch"("account_id", "id");

-- CreateIndex
CREATE INDEX "identity_claim_item_id_idx" ON "identity_claim"("item_id");

-- CreateIndex
CREATE INDEX "identity_claim_student_id_idx" ON "identity_claim"("student_id");

-- CreateIndex
CREATE UNIQUE INDEX "student_student_number_key" ON "student"("student_number");

-- CreateIndex
CREATE UNIQUE INDEX "student_item_id_key" ON "student"("item_id");

-- CreateIndex
CREATE INDEX "student_org_path_id_idx" ON "student"("org_path", "id");

-- CreateIndex
CREATE INDEX "student_person" ON "student"("birth_date", "gender", "name");

-- CreateIndex
CREATE INDEX "student_change_student_id_id_idx" ON "student_change"("student_id", "id");

-- CreateIndex
CREATE INDEX "student_number_student_id_idx" ON "student_number"("student_id");

-- CreateIndex
CREATE INDEX "problem_member_student_id_idx" ON "problem_member"("student_id");

-- CreateIndex
CREATE INDEX "problem_member_org_path_group_id_idx" ON "problem_member"("org_path", "group_id");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "import_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization" ADD CONSTRAINT "organization_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization" ADD CONSTRAINT "organization_authority_id_fkey" FOREIGN KEY ("authority_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "school" ADD CONSTRAINT "school_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grade" ADD CONSTRAINT "grade_school_id_fkey" FOREIGN KEY ("school_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "school_class" ADD CONSTRAINT "school_class_grade_id_fkey" FOREIGN KEY ("grade_id") REFERENCES "grade"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_event" ADD CONSTRAINT "review_event_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "review_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_batch_item" ADD CONSTRAINT "review_batch_item_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "review_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardian" ADD CONSTRAINT "guardian_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "student"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "student_change" ADD CONSTRAINT "student_change_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "student"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "problem_member" ADD CONSTRAINT "problem_member_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "problem_group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
