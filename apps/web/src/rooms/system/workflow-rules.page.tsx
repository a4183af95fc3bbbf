import { BIZ, FLOWSCH } from '@xueji/contracts/codes/school-codes'
import { STAGE } from '@xueji/contracts/codes/student-codes'
import { Form, Select } from 'antd'
import { ListPage } from '../../shared/list-page.tsx'
import { PageFrame } from '../../shared/page-frame.tsx'
import { loadWorkflowRules, type NumberedRule, type RuleFilter, WORKFLOW_RULES } from './system.queries.ts'
import { WORKFLOW_RULE_COLUMNS } from './workflow-rules.columns.tsx'

const numbered = (table: typeof BIZ) => table.entries.map(({ code, name }) => ({ value: Number(code), label: name }))
const BUSINESS_OPTIONS = numbered(BIZ)
const STAGE_OPTIONS = numbered(STAGE)
const KIND_OPTIONS = FLOWSCH.entries.map(({ code, name }) => ({ value: code, label: name }))

/** 业务流程配置, to read: through which hands each business goes in this province, national defaults included (WF-001). */
export function WorkflowRulesPage() {
  return (
    <PageFrame title="业务流程配置">
      <ListPage<NumberedRule, RuleFilter>
        queryKey={WORKFLOW_RULES}
        settingsKey="system.workflowRules"
        load={loadWorkflowRules}
        columns={WORKFLOW_RULE_COLUMNS}
        rowKey={(row) => row.id}
        conditions={
          <>
            <Form.Item name="business" label="业务类型">
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                options={BUSINESS_OPTIONS}
                placeholder="请选择"
              />
            </Form.Item>
            <Form.Item name="stage" label="教育阶段">
              <Select allowClear options={STAGE_OPTIONS} placeholder="请选择" />
            </Form.Item>
            <Form.Item name="schoolKind" label="办学类型">
              <Select allowClear options={KIND_OPTIONS} placeholder="请选择" />
            </Form.Item>
          </>
        }
      />
    </PageFrame>
  )
}
