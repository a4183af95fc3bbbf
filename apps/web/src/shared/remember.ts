import { useState } from 'react'
import { useSession } from './session.tsx'

/** A choice kept on this computer for the signed-in account: columns, page size, folded panels. Never data of the registry. */
export function useRemembered<Value>(key: string, initial: Value): [Value, (next: Value) => void] {
  const name = `xueji.${useSession().accountId}.${key}`
  const [value, setValue] = useState<Value>(() => read(name, initial))
  const keep = (next: Value): void => {
    setValue(next)
    try {
      localStorage.setItem(name, JSON.stringify(next))
    } catch {
      // Storage full or forbidden: the choice holds until the page is left.
    }
  }
  return [value, keep]
}

function read<Value>(name: string, initial: Value): Value {
  try {
    const text = localStorage.getItem(name)
    return text === null ? initial : (JSON.parse(text) as Value)
  } catch {
    return initial
  }
}
