import { useQueryClient } from '@tanstack/react-query'
import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import { Form, Modal, Skeleton } from 'antd'
import { type ReactNode, useState } from 'react'
import { ApiError } from '../api-client.ts'
import { ErrorView } from '../error-view.tsx'
import { useNotice } from '../notice.ts'
import { type FiveFields, FiveFieldsForm, fieldErrors } from './five-fields-form.tsx'
import { forgetList, type NewcomerLine, type NewcomerList, saveLine, useLine } from './newcomers.queries.ts'

/**
 * 调档学生信息 (menu §2.1): 新增, or 修改 of the line named. `empty` has every field of the form; `before` shows those
 * the list has besides the five.
 */
export function LineDialog(props: {
  list: NewcomerList
  target: 'new' | NewcomerLine | undefined
  empty: FiveFields
  before?: ReactNode
  onClose: () => void
}) {
  const { list, target, empty, onClose } = props
  const line = target === 'new' ? undefined : target
  const detail = useLine(list, line?.id)
  const loaded = line ? detail.data : undefined
  const [form] = Form.useForm<FiveFields>()
  const [busy, setBusy] = useState(false)
  const client = useQueryClient()
  const notice = useNotice()
  const fields = Object.keys(empty) as (keyof FiveFields)[]

  const save = async (values: FiveFields): Promise<void> => {
    setBusy(true)
    try {
      const saved = await saveLine(list, { ...empty, ...values }, loaded)
      notice.success(`${saved.name}：${list.matchText(saved.match)}`)
      void forgetList(client, list)
      onClose()
    } catch (error) {
      if (!(error instanceof ApiError && error.id === list.lineInvalid)) notice.error(error)
      else form.setFields(fieldErrors(fields, error.details as RowIssue[]))
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
        <Skeleton active paragraph={{ rows: fields.length }} />
      ) : (
        <FiveFieldsForm
          form={form}
          initial={loaded?.values ?? empty}
          before={props.before}
          onSave={(values) => void save(values)}
        />
      )}
    </Modal>
  )
}
