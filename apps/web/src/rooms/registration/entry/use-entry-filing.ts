import { useQueryClient } from '@tanstack/react-query'
import { Evidence } from '@xueji/contracts/pipeline/evidence.api'
import type { FileItemResponse } from '@xueji/contracts/pipeline/review.api'
import {
  CARRIED_FIELDS,
  entryDefaults,
  REGISTRATION_FORMS,
} from '@xueji/contracts/rooms/registration/registration.form'
import { REGISTRATION_ENTRIES, type RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { checkEvidence, type RegistrationFacts } from '@xueji/domain/rooms/registration/registration.rules'
import { useMemo, useState } from 'react'
import { z } from 'zod'
import { apiSend } from '../../../shared/api-client.ts'
import { useSession } from '../../../shared/session.tsx'
import { useUnsaved } from '../../../shared/tabs.tsx'
import { inWords } from '../form/form-check.ts'
import { changedKeys, type FormValues, wireValues } from '../form/form-values.ts'
import { type Sent, useEntryForm } from '../form/use-entry-form.ts'
import { usePlaceChoices } from '../form/use-place-choices.ts'
import { forgetItems, KEYS, ROOM } from '../registration.queries.ts'
import { useFoundDraft, useKeptDraft } from './use-draft.ts'

/** The form of a new child: what it begins with, what is kept of it, and filing it. */
export function useEntryFiling(category: RegistrationCategory, facts: RegistrationFacts) {
  const template = REGISTRATION_FORMS[category]
  const { schoolYear } = useSession()
  const client = useQueryClient()
  const place = usePlaceChoices(REGISTRATION_ENTRIES[category].newcomer)
  const draft = useFoundDraft()
  const [empty, setEmpty] = useState<Record<string, string>>(() => ({
    ...entryDefaults(category, schoolYear),
    ...(template.columns.some((column) => column.key === 'schoolCode') ? { schoolCode: facts.schoolCode } : {}),
  }))
  const entry = useEntryForm({ template, facts, place, stored: empty, ...(draft ? { begin: draft } : {}) })
  const [evidence, setEvidence] = useState(() => evidenceOf(draft))
  const [restored, setRestored] = useState(draft !== undefined)
  const unsaved = entry.changed.size > 0 || evidence.length > 0
  useUnsaved(unsaved)
  const { values } = entry
  const draftOf = (now: FormValues): Record<string, string> => ({
    ...wireValues(template, now),
    [EVIDENCE]: JSON.stringify(evidence),
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: made of what is named, and of the template, which stays
  const kept = useMemo(() => (unsaved ? draftOf(values) : undefined), [unsaved, values, evidence])
  useKeptDraft(kept, () =>
    changedKeys(template, entry.current(), empty).size > 0 ? draftOf(entry.current()) : undefined,
  )

  // Told like every other issue, once filing was tried.
  const missing = entry.attempted
    ? checkEvidence(REGISTRATION_ENTRIES[category], evidence.length).map((issue) => inWords(issue, '证明材料'))
    : []
  const file = async (): Promise<Sent<FileItemResponse>> => {
    const sent = await entry.submit(
      (values) =>
        apiSend<FileItemResponse>('POST', `${ROOM}/items`, {
          category,
          values: withoutSchool(values),
          evidenceIds: evidence.map(({ id }) => id),
        }),
      checkEvidence(REGISTRATION_ENTRIES[category], evidence.length),
    )
    if (sent.filed) {
      void client.invalidateQueries({ queryKey: KEYS.allItems })
      void forgetItems(client)
    }
    return sent
  }
  /** Empties the form for the next child; the class it goes to stays, for it is the same for most of a list. */
  const next = (): void => {
    const kept = Object.fromEntries(CARRIED_FIELDS.flatMap((key) => (values[key] ? [[key, values[key]]] : [])))
    const begin = { ...empty, ...kept }
    setEmpty(begin)
    entry.restart(begin)
    setEvidence([])
    setRestored(false)
  }
  const clear = (): void => {
    entry.restart(empty)
    setEvidence([])
    setRestored(false)
  }
  return { template, place, entry, missing, evidence, setEvidence, unsaved, restored, file, next, clear }
}

const EVIDENCE = '#evidence'

// Pictures wait with the server; the draft holds what it called them.
function evidenceOf(draft: Readonly<Record<string, string>> | undefined): readonly Evidence[] {
  try {
    const found = z.array(Evidence).safeParse(JSON.parse(draft?.[EVIDENCE] ?? '[]'))
    return found.success ? found.data : []
  } catch {
    return []
  }
}

// The server knows whose school it is.
const withoutSchool = ({ schoolCode: _, ...values }: Record<string, string>): Record<string, string> => values
