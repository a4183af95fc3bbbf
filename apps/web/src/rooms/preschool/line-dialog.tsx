import { useQueryClient } from '@tanstack/react-query'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import type { RosterRow, RosterValues } from '@xueji/contracts/rooms/preschool/preschool.api'
import { birthDateOf, genderOf } from '@xueji/domain/identity/identity-number'
import { canonicalIdentityNumber } from '@xueji/domain/identity/identity-type'
import { compactDate } from '@xueji/domain/kernel/plain-date'
import { Form, Input, Modal, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { ApiError } from '../../shared/api-client.ts'
import { codeOptions, codeText } from '../../shared/code-text.ts'
import { ErrorView } from '../../shared/error-view.tsx'
import { useNotice } from '../../shared/notice.ts'
import { forgetRoster, saveLine, useLine } from './preschool.queries.ts'

const EMPTY: RosterValues = { name: '', gender: '', birthDate: '', identityType: '', identityNumber: '' }

/** 调档学生信息 (menu §2.1): 新增, or 修改 of the line named. */
export function LineDialog({ target, onClose }: { target: 'new' | RosterRow | undefined; onClose: () => void }) {
  const line = target === 'new' ? undefined : target
  const detail = useLine(line?.id)
  const loaded = line ? detail.data : undefined
  const [form] = Form.useForm<RosterValues>()
  const [busy, setBusy] = useState(false)
  const client = useQueryClient()
  const notice = useNotice()

  const save = async (values: RosterValues): Promise<void> => {
    setBusy(true)
    try {
      const saved = await saveLine({ ...EMPTY, ...values }, loaded)
      notice.success(`${saved.name}：${codeText('MATCH', saved.match)}`)
      void forgetRoster(client)
      onClose()
    } catch (error) {
      if (!(error instanceof ApiError && error.id === 'preschool.lineInvalid')) notice.error(error)
      else form.setFields(fieldErrors(error.details as RowIssue[]))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open={target !== undefined}
      title="调档学生信息"
      width={460}
      okText="确定"
      cancelText="关闭"
      confirmLoading={busy}
      okButtonProps={{ disabled: line !== undefined && !loaded }}
      destroyOnHidden
      onCancel={onClose}
      onOk={form.submit}
    >
      {line && detail.isError ? (
        <ErrorView error={detail.error} onRetry={() => void detail.refetch()} />
      ) : line && !loaded ? (
        <Skeleton active paragraph={{ rows: 5 }} />
      ) : (
        <LineForm form={form} initial={loaded?.values ?? EMPTY} onSave={(values) => void save(values)} />
      )}
    </Modal>
  )
}

function LineForm(props: {
  form: ReturnType<typeof Form.useForm<RosterValues>>[0]
  initial: RosterValues
  onSave: (values: RosterValues) => void
}) {
  const { form, initial } = props
  const [type, setType] = useState(initial.identityType)
  const resident = type === '1'
  const onChange = (part: Partial<RosterValues>, all: RosterValues): void => {
    setType(all.identityType)
    if (part.identityType === 'Z') form.setFieldValue('identityNumber', '')
    // IDN-006: with a resident card both follow from the number.
    if (all.identityType === '1' && ('identityNumber' in part || 'identityType' in part))
      form.setFieldsValue(ofNumber(all.identityNumber))
  }
  const required = (label: string) => [{ required: true, message: `${label}不能为空` }]
  return (
    <Form
      form={form}
      initialValues={chosen(initial)}
      labelCol={{ flex: '0 0 100px' }}
      preserve={false}
      validateTrigger="onBlur"
      onFinish={props.onSave}
      onValuesChange={onChange}
    >
      <Form.Item name="name" label="姓名" rules={required('姓名')}>
        <Input maxLength={50} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="identityType" label="身份证件类型" rules={required('身份证件类型')}>
        <Select placeholder="请选择" options={codeOptions('IDTYPE')} />
      </Form.Item>
      <Form.Item
        name="identityNumber"
        label="身份证件号"
        rules={type === 'Z' ? [] : required('身份证件号')}
        normalize={canonicalIdentityNumber}
      >
        <Input
          maxLength={30}
          className="xj-number"
          autoComplete="off"
          disabled={type === 'Z'}
          placeholder={type === 'Z' ? '无身份证件，不填' : ''}
        />
      </Form.Item>
      <Form.Item
        name="gender"
        label="性别"
        rules={required('性别')}
        extra={resident ? '性别、出生日期由居民身份证号自动生成' : undefined}
      >
        <Select placeholder="请选择" options={codeOptions('GENDER')} disabled={resident} />
      </Form.Item>
      <Form.Item name="birthDate" label="出生日期" rules={required('出生日期')}>
        <Input maxLength={10} className="xj-number" placeholder="YYYYMMDD" disabled={resident} autoComplete="off" />
      </Form.Item>
    </Form>
  )
}

/** An empty choice is none: the list then says 请选择. */
const chosen = (values: RosterValues): Partial<RosterValues> =>
  Object.fromEntries(Object.entries(values).filter(([, text]) => text !== ''))

function ofNumber(number: string | undefined): { gender: string | undefined; birthDate: string | undefined } {
  const canonical = canonicalIdentityNumber(number ?? '')
  const birth = /^\d{17}[\dX]$/.test(canonical) ? birthDateOf(canonical) : undefined
  return birth
    ? { gender: genderOf(canonical), birthDate: compactDate(birth) }
    : { gender: undefined, birthDate: undefined }
}

function fieldErrors(issues: readonly RowIssue[]) {
  const fields = ['name', 'gender', 'birthDate', 'identityType', 'identityNumber'] as const
  return fields.map((name) => ({
    name,
    errors: issues
      .filter((issue) => issue.field === name && issue.severity === 'error')
      .map((issue) => `${issue.message}。${issue.advice}`),
  }))
}
