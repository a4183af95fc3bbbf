import { EditOutlined, UploadOutlined } from '@ant-design/icons'
import type { RoomEntryRow } from '@xueji/contracts/pipeline/review.api'
import { Button } from 'antd'

const CARDS: Readonly<Record<RoomEntryRow['identityClass'], { readonly title: string; readonly reminder: string }>> = {
  resident: { title: '居民身份证', reminder: '该项只针对拥有居民身份证的学生注册！' },
  overseas: { title: '港澳台和外籍', reminder: '该项只针对于港澳台和外籍的学生注册！' },
  undocumented: { title: '无身份证件', reminder: '该项只针对无身份证件的学生注册！' },
}

/** The three entries of a page with their reminders and what each admits (REG-002…004): 【导入】 chooses what is uploaded below, 【录入】 opens the form. */
export function EntryCards({
  entries,
  chosen,
  onImport,
  onForm,
}: {
  entries: readonly RoomEntryRow[]
  /** The category whose files are uploaded below. */
  chosen: string | undefined
  onImport: (category: string) => void
  onForm: (category: string) => void
}) {
  return (
    <div className="xj-reg-cards">
      {entries.map((entry) => {
        const { title, reminder } = CARDS[entry.identityClass]
        const open = entry.importable && entry.category === chosen
        return (
          <section
            key={entry.category}
            className={open ? 'xj-reg-card xj-reg-card-open' : 'xj-reg-card'}
            aria-label={title}
          >
            <h2>{title}</h2>
            <p className="xj-reg-note">友情提醒：{reminder}</p>
            <div className="xj-reg-card-actions">
              {entry.importable ? (
                <Button
                  icon={<UploadOutlined aria-hidden />}
                  aria-pressed={open}
                  type={open ? 'primary' : 'default'}
                  onClick={() => onImport(entry.category)}
                >
                  导入
                </Button>
              ) : null}
              {entry.fileable ? (
                <Button icon={<EditOutlined aria-hidden />} onClick={() => onForm(entry.category)}>
                  录入
                </Button>
              ) : null}
            </div>
          </section>
        )
      })}
    </div>
  )
}
