import type { z } from 'zod'

/**
 * Pairs an answer's results with the refs that were asked; refs without a result are simply absent. Undefined when the
 * answer breaks the contract, or names anyone who was not asked: then it belongs to some other question, and none of it
 * is trusted (DUP-010).
 */
export function matchAnswers<Answer extends { ref: string }>(
  refs: ReadonlySet<string>,
  json: unknown,
  schema: z.ZodType<{ results: Answer[] }>,
): ReadonlyMap<string, Answer> | undefined {
  const parsed = schema.safeParse(json)
  if (!parsed.success) return undefined
  const answers = new Map<string, Answer>()
  for (const answer of parsed.data.results) {
    if (!refs.has(answer.ref)) return undefined
    answers.set(answer.ref, answer)
  }
  return answers
}
