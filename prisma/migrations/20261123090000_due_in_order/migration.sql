-- Whose check is due and asked about by nobody, those due first. The queue fills and empties within minutes, so the planner's idea of it is always old: believing
-- in a handful of rows, it would gather all that are due and sort them, a hundred thousand for five hundred. Here it can only go along the index.
CREATE FUNCTION due_checks(at timestamptz, most integer) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
  SET enable_indexscan = on SET enable_bitmapscan = off SET enable_seqscan = off SET enable_sort = off AS $$
BEGIN
  RETURN QUERY SELECT item_id FROM review_queue
    WHERE status = 'checking' AND next_check_at <= at AND item_id NOT IN (SELECT unnest(item_ids) FROM check_lease WHERE until > at)
    ORDER BY next_check_at, item_id LIMIT most;
END $$;
