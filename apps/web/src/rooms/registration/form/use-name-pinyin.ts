import type { NamePinyinAnswer } from '@xueji/contracts/platform/name-pinyin.api'
import type { FormInstance } from 'antd'
import { useRef } from 'react'
import { apiSend } from '../../../shared/api-client.ts'
import type { FormValues } from './form-values.ts'

/**
 * 姓名拼音 follows the name when that is left (fields.md 1.2): one that was made from the name is made anew, one that somebody wrote stays. Where it
 * cannot be fetched nothing happens: the server makes it when the form is filed.
 */
export function useNamePinyin(
  first: FormValues,
  form: FormInstance<Record<string, string>>,
  setValues: (change: (values: FormValues) => FormValues) => void,
): () => Promise<void> {
  const madeFrom = useRef(first.name ?? '')
  return async () => {
    const name = (form.getFieldValue('name') as string | undefined)?.trim() ?? ''
    const written = (form.getFieldValue('namePinyin') as string | undefined)?.trim() ?? ''
    if (name === madeFrom.current) return
    const before = written === '' ? '' : await pinyinOf(madeFrom.current)
    const namePinyin = await pinyinOf(name)
    if (before === undefined || namePinyin === undefined || before !== written) return
    madeFrom.current = name
    form.setFieldsValue({ namePinyin })
    setValues((values) => ({ ...values, namePinyin }))
  }
}

const pinyinOf = async (name: string): Promise<string | undefined> => {
  try {
    return (await apiSend<NamePinyinAnswer>('POST', '/api/name-pinyin', { name })).namePinyin
  } catch {
    return undefined
  }
}
