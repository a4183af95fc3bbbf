import { useQueryClient } from '@tanstack/react-query'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import type { VocationalRow, VocationalValues } from '@xueji/contracts/rooms/vocational/vocational.api'
import { MATCH_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import { canonicalIdentityNumber } from '@xueji/domain/identity/identity-type'
import { Form, Input, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { ApiError } from '../../../shared/api-client.ts'
import { ErrorView } from '../../../shared/error-view.tsx'
import { FiveFieldsForm, fieldErrors } from '../../../shared/five-fields-form.tsx'
import { useNotice } from '../../../shared/notice.ts'
import { forgetVocational, saveLine, useLine } from '../vocational.queries.ts'

const FIELDS = ['studentNumber', 'name', 'gender', 'birthDate', 'identityType', 'identityNumber'] as const
const EMPTY: VocationalValues = {
  studentNumber: '',
  name: '',
  gender: '',
  birthDate: '',
  identityType: '',
  identityNumber: '',
}

/** 调档学生信息: 新增, or 修改 of the line named. */
export function LineDialog({ target, onClose }: { target: 'new' | VocationalRow | undefined; onClose: () => void }) {
  const line = target === 'new' ? undefined : target
  const detail = useLine(line?.id)
  const loaded = line ? detail.data : undefined
  const [form] = Form.useForm<VocationalValues>()
  const [busy, setBusy] = useState(false)
  const client = useQueryClient()
  const notice = useNotice()

  const save = async (values: VocationalValues): Promise<void> => {
    setBusy(true)
    try {
      const saved = await saveLine({ ...EMPTY, ...values }, loaded)
      notice.success(`${saved.name}：${MATCH_WORDS[saved.match]}`)
      void forgetVocational(client)
      onClose()
    } catch (error) {
      if (!(error instanceof ApiError && error.id === 'vocational.lineInvalid')) notice.error(error)
      else form.setFields(fieldErrors(FIELDS, error.details as RowIssue[]))
    } finally {
      setBusy(false)
    }
  }
  const studentNumber = (
    <Form.Item
      name="studentNumber"
      label="学籍号"
      normalize={canonicalIdentityNumber}
      extra="选填；填写的须与姓名、身份证件号属于同一学生"
    >
      <Input maxLength={19} className="xj-number" autoComplete="off" />
    </Form.Item>
  )
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
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : (
        <FiveFieldsForm
          form={form}
          initial={loaded?.values ?? EMPTY}
          before={studentNumber}
          onSave={(values) => void save(values)}
        />
      )}
    </Modal>
  )
}
