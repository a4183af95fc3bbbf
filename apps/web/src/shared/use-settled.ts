import { useEffect, useState } from 'react'

/** The value once it has stayed the same for some time: keeps typing from asking the server at every key. */
export function useSettled<Value>(value: Value, millis: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), millis)
    return () => clearTimeout(timer)
  }, [value, millis])
  return settled
}
