import { useQueryClient } from '@tanstack/react-query'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import type { RosterRow, RosterValues } from '@xueji/contracts/rooms/preschool/preschool.api'
import { Form, Modal, Skeleton } from 'antd'
import { useState } from 'react'
import { ApiError } from '../../shared/api-client.ts'
import { codeText } from '../../shared/code-text.ts'
import { ErrorView } from '../../shared/error-view.tsx'
import { FiveFieldsForm, fieldErrors } from '../../shared/five-fields-form.tsx'
import { useNotice } from '../../shared/notice.ts'
import { forgetRoster, saveLine, useLine } from './preschool.queries.ts'

const FIELDS = ['name', 'gender', 'birthDate', 'identityType', 'identityNumber'] as const
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
      else form.setFields(fieldErrors(FIELDS, error.details as RowIssue[]))
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
        <FiveFieldsForm form={form} initial={loaded?.values ?? EMPTY} onSave={(values) => void save(values)} />
      )}
    </Modal>
  )
}
