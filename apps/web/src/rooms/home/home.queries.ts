import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { HomeView } from '@xueji/contracts/platform/home.api'
import { useEffect, useRef } from 'react'
import { apiGet } from '../../shared/api-client.ts'
import { useLiveEvents } from '../../shared/live.ts'

const KEY = ['home']
// A running import reports several times a second; the home page need not follow each.
const CALM_MILLIS = 1_500

/** What the home page shows, kept fresh by live news. */
export function useHome() {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useLiveEvents(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void client.invalidateQueries({ queryKey: KEY })
    }, CALM_MILLIS)
  })
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return useQuery({ queryKey: KEY, queryFn: () => apiGet<HomeView>('/api/home') })
}
