import { useQueryClient } from '@tanstack/react-query'
import type { FileItemResponse } from '@xueji/contracts/pipeline/review.api'
import { CARRIED_FIELDS, entryDefaults } from '@xueji/contracts/rooms/registration/registration.form'
import { REGISTRATION_TEMPLATES } from '@xueji/contracts/rooms/registration/registration.template'
import { REGISTRATION_ENTRIES, type RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import type { RegistrationFacts } from '@xueji/domain/rooms/registration/registration.rules'
import { useMemo, useState } from 'react'
import { apiSend } from '../../../shared/api-client.ts'
import { useSession } from '../../../shared/session.tsx'
import { useUnsaved } from '../../../shared/tabs.tsx'
import { wireValues } from '../form/form-values.ts'
import { type Sent, useEntryForm } from '../form/use-entry-form.ts'
import { usePlaceChoices } from '../form/use-place-choices.ts'
import { forgetItems, KEYS, ROOM } from '../registration.queries.ts'
import { useFoundDraft, useKeptDraft } from './use-draft.ts'

/** The form of a new child: what it begins with, what is kept of it, and filing it. */
export function useEntryFiling(category: RegistrationCategory, facts: RegistrationFacts) {
  const template = REGISTRATION_TEMPLATES[category]
  const { schoolYear } = useSession()
  const client = useQueryClient()
  const place = usePlaceChoices(REGISTRATION_ENTRIES[category].newcomer)
  const draft = useFoundDraft()
  const [empty, setEmpty] = useState<Record<string, string>>(() => ({
    ...entryDefaults(category, schoolYear),
    ...(template.columns.some((column) => column.key === 'schoolCode') ? { schoolCode: facts.schoolCode } : {}),
  }))
  const entry = useEntryForm({ template, facts, place, stored: empty, ...(draft ? { begin: draft } : {}) })
  const [restored, setRestored] = useState(draft !== undefined)
  const unsaved = entry.changed.size > 0
  useUnsaved(unsaved)
  const { values } = entry
  useKeptDraft(useMemo(() => (unsaved ? wireValues(template, values) : undefined), [unsaved, template, values]))

  const file = async (): Promise<Sent<FileItemResponse>> => {
    const sent = await entry.submit((values) =>
      apiSend<FileItemResponse>('POST', `${ROOM}/items`, { category, values: withoutSchool(values) }),
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
    setRestored(false)
  }
  const clear = (): void => {
    entry.restart(empty)
    setRestored(false)
  }
  return { template, place, entry, unsaved, restored, file, next, clear }
}

// The server knows whose school it is.
const withoutSchool = ({ schoolCode: _, ...values }: Record<string, string>): Record<string, string> => values
