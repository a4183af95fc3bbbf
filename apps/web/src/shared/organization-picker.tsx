import { useQuery } from '@tanstack/react-query'
import type { OrganizationNode } from '@xueji/contracts/platform/organization.api'
import { TreeSelect } from 'antd'
import { useState } from 'react'
import { apiGet } from './api-client.ts'
import { useSettled } from './use-settled.ts'

type Level = 'province' | 'city' | 'county' | 'school'
type Branch = OrganizationNode & { readonly parentId: string }

const listOrganizations = (query: { parentId?: string; search?: string; level?: Level }) =>
  apiGet<OrganizationNode[]>('/api/organizations', query)

/**
 * Picks an organisation of one's own range by its id; `level` narrows what may be chosen. The tree loads level by level,
 * typing searches by name, code or pinyin initials.
 */
export function OrganizationPicker(props: {
  level?: Level
  value?: string
  onChange?: (id: string | undefined) => void
  id?: string
  disabled?: boolean
  placeholder?: string
}) {
  const { level, value, onChange, placeholder = '名称、代码或拼音首字母', ...rest } = props
  const [branches, setBranches] = useState<readonly Branch[]>([])
  const [expanded, setExpanded] = useState<readonly string[]>([])
  const [chosen, setChosen] = useState<OrganizationNode>()
  const [search, setSearch] = useState('')
  const settled = useSettled(search.trim(), 250)
  const found = useQuery({
    queryKey: ['organizations', 'search', settled, level],
    queryFn: () => listOrganizations({ search: settled, ...(level ? { level } : {}) }),
    enabled: settled !== '',
  })
  const searching = search.trim() !== ''
  const results = (found.data ?? []).map((org) => ({ ...org, parentId: '', hasChildren: false }))
  const shown: readonly Branch[] = searching ? results : branches

  const load = async (parentId: string): Promise<Branch[]> => {
    const children = (await listOrganizations(parentId ? { parentId } : {})).map((org) => ({ ...org, parentId }))
    setBranches((before) => [...before.filter((branch) => branch.parentId !== parentId), ...children])
    return children
  }
  // One's own organisation alone says nothing: what is directly below it is shown with it.
  const begin = async (): Promise<void> => {
    const roots = await load('')
    for (const root of roots) await load(root.id)
    setExpanded(roots.map((root) => root.id))
  }
  return (
    <TreeSelect
      {...rest}
      style={{ width: '100%' }}
      labelInValue
      value={value ? { value, label: chosen?.id === value ? chosen.name : '已选单位' } : undefined}
      treeDataSimpleMode
      treeData={shown.map((org) => ({
        id: org.id,
        pId: org.parentId,
        value: org.id,
        title: searching && org.parentName ? `${org.name}（${org.parentName}）` : org.name,
        isLeaf: !org.hasChildren,
        selectable: !level || org.level === level,
      }))}
      treeExpandedKeys={[...expanded]}
      onTreeExpand={(keys) => setExpanded(keys.map(String))}
      loadData={({ value: parentId }) => load(String(parentId)).then(() => {})}
      onOpenChange={(open) => {
        if (open && branches.length === 0) void begin()
        if (!open) setSearch('')
      }}
      onChange={(next) => {
        setChosen(shown.find((org) => org.id === next?.value))
        onChange?.(next ? String(next.value) : undefined)
      }}
      showSearch={{ searchValue: search, onSearch: setSearch, filterTreeNode: false }}
      allowClear
      placeholder={placeholder}
      popupMatchSelectWidth={false}
      notFoundContent={found.isFetching || !searching ? '正在查找…' : '没有找到，请换一个词'}
    />
  )
}
