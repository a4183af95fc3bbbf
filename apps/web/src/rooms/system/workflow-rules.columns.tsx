import type { ListColumn } from '../../shared/list-page.tsx'
import type { NumberedRule } from './system.queries.ts'

/** Columns of 业务流程配置 (menu §9). */
export const WORKFLOW_RULE_COLUMNS: readonly ListColumn<NumberedRule>[] = [
  {
    key: 'number',
    title: '序号',
    width: 60,
    align: 'right',
    fixed: 'left',
    render: (row) => <span className="xj-number">{row.number}</span>,
  },
  { key: 'business', title: '业务类别', width: 220, render: (row) => row.businessName },
  { key: 'schoolKind', title: '办学类型', width: 110, render: (row) => row.schoolKindName },
  { key: 'stage', title: '教育阶段', width: 90, render: (row) => row.stageName },
  {
    key: 'scope',
    title: '作用范围',
    width: 160,
    render: (row) => (row.isDefault ? <span className="xj-muted">{row.scopeName}</span> : row.scopeName),
  },
  { key: 'steps', title: '流程配置', width: 320, render: (row) => row.description },
]
