import { CLASSTYPE } from '@xueji/contracts/codes/school-codes'
import { Form, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { codeOptions } from '../../shared/code-text.ts'
import { useNotice } from '../../shared/notice.ts'
import { useStructure, useStructureChanges } from './structure.queries.ts'
import { classTypesOf, namesToCome } from './structure.ts'

type Fields = { gradeId: string; count: number; classType: string; name?: string; headTeacherName?: string }

const ALL_TYPES = CLASSTYPE.entries.map((entry) => entry.code)

/** 增加 of classes: several of one grade in a row, numbered on from the last. A name and a head teacher are for a single one. */
export function AddClassesDialog(props: { open: boolean; gradeId: string | undefined; onClose: () => void }) {
  const { open, onClose } = props
  const { data: structure } = useStructure()
  const { addClasses } = useStructureChanges()
  const [form] = Form.useForm<Fields>()
  const [busy, setBusy] = useState(false)
  const notice = useNotice()
  const grades = structure?.grades ?? []
  const first = grades.find((grade) => grade.id === props.gradeId) ?? grades[0]
  const chosenId = Form.useWatch('gradeId', form)
  const count = Form.useWatch('count', form) ?? 1
  const grade = grades.find((one) => one.id === chosenId) ?? first
  const types = grade ? classTypesOf(grade.stage, ALL_TYPES) : []
  const names = grade && count ? namesToCome(grade, count) : undefined

  const submit = async ({ name, headTeacherName, ...fields }: Fields): Promise<void> => {
    setBusy(true)
    try {
      const single =
        fields.count === 1 ? { ...(name ? { name } : {}), ...(headTeacherName ? { headTeacherName } : {}) } : {}
      await addClasses({ ...fields, ...single })
      notice.success(`已增加 ${fields.count} 个班级`)
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
      title="增加班级"
      width={440}
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
        preserve={false}
        clearOnDestroy
        initialValues={{
          gradeId: first?.id,
          count: 1,
          classType: first ? classTypesOf(first.stage, ALL_TYPES)[0] : undefined,
        }}
        onFinish={(fields) => void submit(fields)}
        onValuesChange={(changed: Partial<Fields>) => {
          const next = changed.gradeId && grades.find((one) => one.id === changed.gradeId)
          if (next && next.stage !== grade?.stage)
            form.setFieldValue('classType', classTypesOf(next.stage, ALL_TYPES)[0])
        }}
      >
        <Form.Item name="gradeId" label="年级" rules={[{ required: true, message: '请先在年级信息管理中建立年级' }]}>
          <Select options={grades.map((one) => ({ value: one.id, label: `${one.levelName}（${one.name}）` }))} />
        </Form.Item>
        <Form.Item name="classType" label="班级类型" rules={[{ required: true, message: '请选择班级类型' }]}>
          <Select options={codeOptions('CLASSTYPE', types)} />
        </Form.Item>
        <Form.Item
          name="count"
          label="班级数"
          rules={[{ required: true, message: '请填写要建立的班级数' }]}
          extra={names ? `将建立：${names.first}${count > 1 ? ` 至 ${names.last}` : ''}` : '该年级班级已达 99 个'}
        >
          <InputNumber min={1} max={20} precision={0} />
        </Form.Item>
        {count === 1 ? (
          <>
            <Form.Item name="name" label="班级名称">
              <Input maxLength={40} placeholder={names?.first} />
            </Form.Item>
            <Form.Item name="headTeacherName" label="班主任">
              <Input maxLength={50} />
            </Form.Item>
          </>
        ) : null}
      </Form>
    </Modal>
  )
}
