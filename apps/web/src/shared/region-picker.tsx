import { useQuery } from '@tanstack/react-query'
import type { RegionNode } from '@xueji/contracts/platform/organization.api'
import { Cascader } from 'antd'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { apiGet } from './api-client.ts'
import { useSettled } from './use-settled.ts'

type Option = { value: string; label: string; isLeaf: boolean; children?: Option[] }

const optionOf = (region: RegionNode): Option => ({
  value: region.code,
  label: region.name,
  isLeaf: !region.hasChildren,
})
const listRegions = (query: { parentCode?: string; search?: string }) => apiGet<RegionNode[]>('/api/regions', query)

/**
 * Picks a county as a 12-digit code (REG-012). Levels load when they are opened; typing searches by name, code or pinyin
 * initials across the country.
 */
export function RegionPicker(props: {
  value?: string
  onChange?: (value: string | undefined) => void
  id?: string
  disabled?: boolean
  placeholder?: string
  /** Opens at once, searching for this text, with the cursor in it. */
  startSearch?: string
  onClose?: () => void
}) {
  const { value, onChange, placeholder = '名称、代码或拼音首字母', startSearch, onClose, ...rest } = props
  const startsOpen = startSearch !== undefined
  const [tree, setTree] = useState<Option[]>([])
  const [search, setSearch] = useState(startSearch ?? '')
  // The list empties its search once as it opens; what it was opened with stays.
  const touched = useRef(!startsOpen)
  const settled = useSettled(search.trim(), 250)
  const found = useQuery({
    queryKey: ['regions', 'search', settled],
    queryFn: () => listRegions({ search: settled }),
    enabled: settled !== '',
    staleTime: Number.POSITIVE_INFINITY,
  })
  const chosen = useQuery({
    queryKey: ['regions', 'code', value?.slice(0, 6)],
    queryFn: () => listRegions({ search: value!.slice(0, 6) }),
    enabled: !!value && /^\d{6}/.test(value),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const loadChildren = async (path: Option[]): Promise<void> => {
    const parent = path.at(-1)
    const children = (await listRegions(parent ? { parentCode: parent.value } : {})).map(optionOf)
    if (parent) parent.children = children
    setTree((before) => (parent ? [...before] : children))
  }
  // What is open from the start was never told that it opens.
  const beginOpen = useEffectEvent(() => {
    if (startsOpen && tree.length === 0) void loadChildren([])
  })
  useEffect(beginOpen, [])
  const results = (found.data ?? []).map((region) => ({ value: region.code, label: region.fullName, isLeaf: true }))
  const name = chosen.data?.find((region) => region.code === value?.slice(0, 6))?.fullName
  return (
    <Cascader
      {...rest}
      style={{ width: '100%' }}
      value={value ? [value] : []}
      options={search.trim() ? results : tree}
      loadData={(path) => void loadChildren(path as Option[])}
      {...(startsOpen ? { autoFocus: true, defaultOpen: true } : {})}
      onOpenChange={(open) => {
        if (open && tree.length === 0) void loadChildren([])
        if (open) return
        setSearch('')
        onClose?.()
      }}
      onChange={(path) => {
        const code = path?.at(-1)
        onChange?.(code === undefined ? undefined : String(code).padEnd(12, '0'))
      }}
      showSearch={{
        filter: () => true,
        searchValue: search,
        onSearch: (text) => touched.current && setSearch(text),
        limit: 50,
      }}
      displayRender={() => (name ? `${name}（${value}）` : (value ?? ''))}
      placeholder={placeholder}
      notFoundContent={found.isFetching ? '正在查找…' : '没有找到，请换一个词'}
      expandTrigger="click"
      onKeyDown={() => {
        touched.current = true
      }}
    />
  )
}
