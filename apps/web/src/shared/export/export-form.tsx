import { DownloadOutlined } from '@ant-design/icons'
import type { ExportCatalogue, ExportPreview, ExportRow } from '@xueji/contracts/pipeline/export.api'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { ApiError } from '../api-client.ts'
import { errorText, useNotice } from '../notice.ts'
import { useRemembered } from '../remember.ts'
import { formatCount } from '../time.ts'
import { ExportColumns } from './export-columns.tsx'
import { type ExportSource, type ListConditions, startExport, useExportPreview } from './exports.ts'

type Authoriser = { username: string; password: string }

/** Refusals that belong beside a field of the form. */
const FIELD_OF: Readonly<Record<string, keyof Authoriser>> = {
  'export.ownAccount': 'username',
  'export.notAuthorised': 'password',
  'auth.locked': 'password',
}

/** What is to be exported: the conditions of the list in words, the columns (EXP-002), and another account's authorisation (EXP-001). */
export function ExportForm(props: {
  source: ExportSource
  catalogue: ExportCatalogue
  conditions: ListConditions
  onStarted: (row: ExportRow) => void
  onClose: () => void
}) {
  const { source, catalogue, conditions } = props
  const [form] = Form.useForm<Authoriser>()
  const usual = catalogue.columns.filter((column) => column.usual).map((column) => column.key)
  const [remembered, setChosen] = useRemembered<readonly string[]>(`export.${source.room}.${source.list}`, usual)
  const chosen = remembered.filter((key) => catalogue.columns.some((column) => column.key === key))
  const preview = useExportPreview(source, conditions)
  const [busy, setBusy] = useState(false)
  const notice = useNotice()
  const total = preview.data?.total

  const start = async (authoriser: Authoriser): Promise<void> => {
    setBusy(true)
    try {
      const row = await startExport(source, { list: source.list, conditions, columns: [...chosen], authoriser })
      form.resetFields()
      props.onStarted(row)
    } catch (error) {
      const field = error instanceof ApiError ? FIELD_OF[error.id] : undefined
      if (field) {
        form.setFields([
          ...(field === 'password' ? [{ name: 'password' as const, value: '' }] : []),
          { name: field, errors: [errorText(error)] },
        ])
        form.focusField(field)
      } else notice.error(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Form form={form} layout="vertical" onFinish={start} className="xj-export-form" autoComplete="off">
      <Extent preview={preview.data} failed={preview.isError} />
      <ExportColumns columns={catalogue.columns} usual={usual} chosen={chosen} onChange={setChosen} />
      <fieldset className="xj-export-authoriser">
        <legend>用户验证</legend>
        <p className="xj-muted">导出须由本单位另一账号当场授权，一次授权只用于一次导出；授权人与导出人都会记入审计。</p>
        <div className="xj-export-pair">
          <Form.Item
            name="username"
            label="授权账号用户名"
            rules={[{ required: true, whitespace: true, message: '请输入本单位另一账号的用户名' }]}
          >
            <Input maxLength={64} autoComplete="off" placeholder="请输入本单位另一账号" />
          </Form.Item>
          <Form.Item name="password" label="授权账号密码" rules={[{ required: true, message: '请输入该账号的密码' }]}>
            <Input.Password maxLength={128} autoComplete="new-password" />
          </Form.Item>
        </div>
      </fieldset>
      <footer className="xj-export-actions">
        <span className="xj-muted">文件保留 {catalogue.keepHours} 小时后自动删除。谁导出谁负责，请妥善保管。</span>
        <Button onClick={props.onClose}>关闭</Button>
        <Button
          type="primary"
          htmlType="submit"
          icon={<DownloadOutlined aria-hidden />}
          loading={busy}
          disabled={!total || chosen.length === 0}
        >
          导出
        </Button>
      </footer>
    </Form>
  )
}

function Extent({ preview, failed }: { preview: ExportPreview | undefined; failed: boolean }) {
  return (
    <dl className="xj-export-extent">
      <dt>查询条件</dt>
      <dd>
        {!preview ? null : preview.words.length === 0 ? (
          <span>无（本单位权限内的全部记录）</span>
        ) : (
          preview.words.map(({ label, text }) => (
            <span key={label} className="xj-export-word">
              <span className="xj-muted">{label}</span> {text}
            </span>
          ))
        )}
        {failed ? <span className="xj-tone-error">条件没有读到，请关闭后重试</span> : null}
      </dd>
      <dt>导出条数</dt>
      <dd className={preview?.total === 0 ? 'xj-tone-error' : undefined}>
        {preview ? (
          <b className="xj-number">{formatCount(preview.total, preview.capped)}</b>
        ) : (
          <span className="xj-muted">正在计数</span>
        )}
        {preview?.total === 0 ? '：没有符合条件的记录' : null}
      </dd>
    </dl>
  )
}
