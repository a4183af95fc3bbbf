import { PrinterOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { PrintPreview } from '../../../shared/print-preview.tsx'
import { useHasRole, useSession } from '../../../shared/session.tsx'
import { useStructure } from '../registration.queries.ts'
import '../registration.css'
import './collection-page.css'
import { useCollectionPrinting } from './collection-preview.tsx'
import { CollectionSheet } from './collection-sheet.tsx'

/** 信息采集表: blank for parents, filled for a class to check and sign (fields.md 1.11). */
export function CollectionPage() {
  const { organization } = useSession()
  const mayPrintFilled = useHasRole('schoolRegistrar')
  const [blank, setBlank] = useState(false)
  return (
    <PageFrame title="信息采集表">
      <div className="xj-collection-cards">
        <section aria-label="空白采集表">
          <h2>空白采集表</h2>
          <p>发给家长填写，已印本校名称与标识码，每张一名学生，附填表说明。</p>
          <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => setBlank(true)}>
            打印空白表
          </Button>
        </section>
        {mayPrintFilled ? <OfClass /> : null}
      </div>
      <PrintPreview
        open={blank}
        title="打印空白采集表"
        onClose={() => setBlank(false)}
        sheets={[<CollectionSheet key="blank" schoolName={organization.name} schoolCode={organization.code} />]}
      />
    </PageFrame>
  )
}

function OfClass() {
  const structure = useStructure('own')
  const [classId, setClassId] = useState<string>()
  const { start, busy, preview } = useCollectionPrinting()
  return (
    <section aria-label="已填采集表">
      <h2>已填采集表</h2>
      <p>按班级打印，含在籍学生和正在办理注册的学生，供家长核对签字。每次打印都会记入审计。</p>
      <div className="xj-collection-choice">
        <Select
          aria-label="班级"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="请选择班级"
          {...(classId ? { value: classId } : {})}
          onChange={setClassId}
          options={(structure?.grades ?? [])
            .filter((grade) => grade.classes.length > 0)
            .map((grade) => ({
              label: grade.name,
              title: grade.name,
              options: grade.classes.map((one) => ({ value: one.id, label: one.name })),
            }))}
        />
        <Button
          type="primary"
          icon={<PrinterOutlined aria-hidden />}
          disabled={!classId}
          loading={busy}
          onClick={() => classId && start({ classId })}
        >
          打印整班
        </Button>
      </div>
      <p className="xj-muted">只打印部分学生时，请在“学籍注册查询”中勾选后点“打印采集表”。</p>
      {preview}
    </section>
  )
}
