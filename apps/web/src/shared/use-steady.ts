import { useLayoutEffect, useState } from 'react'

// biome-ignore lint/suspicious/noExplicitAny: functions of any shape
type Doings = Readonly<Record<string, (...args: any[]) => void>>

/** The same object for the life of the component, whose functions always do what the latest ones given do. */
export function useSteady<Given extends Doings>(latest: Given): Given {
  const [{ steady, current }] = useState(() => {
    const current = { doings: latest }
    const call =
      (name: string) =>
      (...args: unknown[]) =>
        current.doings[name]!(...args)
    const steady = Object.fromEntries(Object.keys(latest).map((name) => [name, call(name)])) as Given
    return { steady, current }
  })
  useLayoutEffect(() => {
    current.doings = latest
  })
  return steady
}
