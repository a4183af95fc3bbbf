import { Form, Modal, Select } from 'antd'
import { useState } from 'react'
import { useNotice } from '../../shared/notice.ts'
import { useSession } from '../../shared/session.tsx'
import { useStructure, useStructureChanges } from './structure.queries.ts'
import { freeEntryYears, stageText } from './structure.ts'

type Fields = { stage: number; entryYear: number }

/** 增加 of a grade: stage and entry year; the name follows from them. */
export function AddGradeDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { schoolYear } = useSession()
  const { data: structure } = useStructure()
  const { addGrade } = useStructureChanges()
  const [form] = Form.useForm<Fields>()
  const [busy, setBusy] = useState(false)
  const notice = useNotice()
  const stages = structure?.stages ?? []
  const stage = Form.useWatch('stage', form) ?? stages[0]
  const years = structure && stage ? freeEntryYears(structure, stage, schoolYear) : []

  const submit = async (fields: Fields): Promise<void> => {
    setBusy(true)
    try {
      await addGrade(fields)
      notice.success(`已增加${stageText(fields.stage)}${fields.entryYear}级`)
      onClose()
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open={open}
      title="增加年级"
      width={400}
      okText="保存"
      cancelText="关闭"
      confirmLoading={busy}
      destroyOnHidden
      onCancel={onClose}
      onOk={form.submit}
    >
      <Form
        form={form}
        labelCol={{ flex: '0 0 80px' }}
        initialValues={{ stage: stages[0], entryYear: years[0] }}
        preserve={false}
        clearOnDestroy
        onFinish={(fields) => void submit(fields)}
        onValuesChange={(changed: Partial<Fields>) => {
          if (changed.stage && structure)
            form.setFieldValue('entryYear', freeEntryYears(structure, changed.stage, schoolYear)[0])
        }}
      >
        <Form.Item name="stage" label="教育阶段" rules={[{ required: true, message: '请选择教育阶段' }]}>
          <Select options={stages.map((one) => ({ value: one, label: stageText(one) }))} />
        </Form.Item>
        <Form.Item
          name="entryYear"
          label="入学年份"
          rules={[{ required: true, message: '请选择入学年份' }]}
          extra={years.length === 0 ? '该教育阶段在校的各年级都已建立' : undefined}
        >
          <Select
            options={years.map((year) => ({ value: year, label: `${year} 年（${stageText(stage ?? 1)}${year}级）` }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
