import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { RegistrationFacts } from '@xueji/domain/rooms/registration/registration.rules'
import { Form, type FormInstance } from 'antd'
import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { ApiError } from '../../../shared/api-client.ts'
import { useNotice } from '../../../shared/notice.ts'
import { followsNumber, valuesOfNumber } from './derived-values.ts'
import { valuesOfGrade } from './field-options.ts'
import { makeFormCheck } from './form-check.ts'
import { changedKeys, type FormValues, initialValues, wireValues } from './form-values.ts'
import { useNamePinyin } from './use-name-pinyin.ts'
import type { PlaceChoices } from './use-place-choices.ts'

/** What became of filing a form: the answer, or the first field to look at, if it is known. */
export type Sent<Answer> =
  | { readonly filed: true; readonly answer: Answer }
  | { readonly filed: false; readonly field?: string | undefined }

/** The form of one child: values, what is wrong with them, and sending it. */
export type EntryForm = {
  readonly form: FormInstance<Record<string, string>>
  readonly first: Record<string, string>
  readonly values: FormValues
  /** Fields that differ from what was stored, or from an empty form. */
  readonly changed: ReadonlySet<string>
  /** Messages to show: of the fields left so far, and of all once sending was tried. */
  readonly issues: readonly RowIssue[]
  readonly attempted: boolean
  readonly busy: boolean
  readonly onChange: (part: FormValues, all: FormValues) => void
  readonly onLeave: (key: string) => void
  /** Checks and sends the values, unless something else stands against it. */
  readonly submit: <Answer>(
    send: (values: Record<string, string>) => Promise<Answer>,
    besides?: readonly Issue[],
  ) => Promise<Sent<Answer>>
  /** The values at this moment; `values` may be a moment behind. */
  readonly current: () => FormValues
  /** Begins anew with these values. */
  readonly restart: (values: Readonly<Record<string, string>>) => void
}

/** Holds a form together: derived values follow the number and the grade, checks run as one types, the server has the last word. */
export function useEntryForm({
  template,
  facts,
  place,
  stored,
  begin = stored,
}: {
  template: RoomTemplate
  facts: RegistrationFacts | undefined
  place: PlaceChoices
  /** What changes are counted against. */
  stored: Readonly<Record<string, string>>
  /** What the form opens with, when it is not that. */
  begin?: Readonly<Record<string, string>>
}): EntryForm {
  const notice = useNotice()
  const [form] = Form.useForm<Record<string, string>>()
  const [first] = useState(() => initialValues(template, begin))
  const [values, setValues] = useState<FormValues>(first)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [attempted, setAttempted] = useState(false)
  const [refused, setRefused] = useState<readonly RowIssue[]>([])
  const [busy, setBusy] = useState(false)

  const check = useMemo(() => makeFormCheck(template, facts), [template, facts])
  const settled = useDeferredValue(values)
  const own = useMemo(() => check(wireValues(template, settled)), [check, template, settled])
  const changed = useMemo(() => changedKeys(template, settled, stored), [template, settled, stored])
  const issues = [...refused, ...own.filter((issue) => attempted || left.has(issue.field ?? ''))]

  const onChange = useCallback(
    (part: FormValues, all: FormValues): void => {
      const derived = {
        ...(('identityNumber' in part || 'identityType' in part) && followsNumber(all.identityType)
          ? valuesOfNumber(all.identityNumber)
          : {}),
        ...('gradeName' in part ? valuesOfGrade(place, all) : {}),
      }
      if (Object.keys(derived).length > 0) form.setFieldsValue(derived)
      setValues({ ...all, ...derived })
      // What the server found wrong with a value says nothing about another one.
      setRefused((before) =>
        before.some((issue) => (issue.field ?? '') in part)
          ? before.filter((issue) => !((issue.field ?? '') in part))
          : before,
      )
    },
    [form, place],
  )
  const followName = useNamePinyin(first, form, setValues)
  const submit: EntryForm['submit'] = async (send, besides = []) => {
    setAttempted(true)
    const wire = wireValues(template, form.getFieldsValue(true) as FormValues)
    const wrong = [...check(wire), ...besides].find((issue) => issue.severity === 'error')
    if (wrong) return { filed: false, field: wrong.field }
    setBusy(true)
    try {
      return { filed: true, answer: await send(wire) }
    } catch (error) {
      const found = error instanceof ApiError && error.id === 'register.rowInvalid' ? (error.details as RowIssue[]) : []
      setRefused(found)
      if (found.length === 0) notice.error(error)
      return { filed: false, field: found[0]?.field }
    } finally {
      setBusy(false)
    }
  }
  const restart = (next: Readonly<Record<string, string>>): void => {
    const fresh = initialValues(template, next)
    form.setFieldsValue(fresh)
    setValues(fresh)
    setLeft(new Set())
    setAttempted(false)
    setRefused([])
  }
  return {
    form,
    first,
    values: settled,
    changed,
    issues,
    attempted: attempted || refused.length > 0,
    busy,
    onChange,
    onLeave: (key) => {
      setLeft((before) => (before.has(key) ? before : new Set([...before, key])))
      if (key === 'name') void followName()
    },
    submit,
    current: () => form.getFieldsValue(true) as FormValues,
    restart,
  }
}
