import {
  COLLECTION_NOTES,
  COLLECTION_TABLE,
  COLLECTION_TITLE,
  type CollectionItem,
  type CollectionSection,
} from '@xueji/contracts/rooms/registration/collection-table'
import { Fragment } from 'react'
import './collection.css'

/** 采集表 of one child on one sheet of A4 (fields.md 1.11): filled with the 37 texts, or blank with boxes to tick and notes on how to fill it. */
export function CollectionSheet(props: {
  schoolName: string
  schoolCode: string
  /** By the numbers of the items; absent on a blank form. */
  texts?: readonly string[]
}) {
  const { schoolName, schoolCode, texts } = props
  return (
    <article className="xj-collection" aria-label={texts ? `采集表 ${texts[0] ?? ''}` : '空白采集表'}>
      <header>
        <h1>{COLLECTION_TITLE[0]}</h1>
        <p>{COLLECTION_TITLE[1]}</p>
        <dl>
          <dt>学校名称：</dt>
          <dd>{schoolName}</dd>
          <dt>学校标识码：</dt>
          <dd>{schoolCode}</dd>
        </dl>
      </header>
      <table>
        <colgroup>
          <col className="xj-collection-no" />
          <col className="xj-collection-name" />
          <col />
          <col className="xj-collection-no" />
          <col className="xj-collection-name" />
          <col />
        </colgroup>
        <thead>
          <tr>
            {['left', 'right'].map((side) => (
              <Fragment key={side}>
                <th scope="col">编号</th>
                <th scope="col">项目名称</th>
                <th scope="col">基础数据</th>
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {COLLECTION_TABLE.map((section) => (
            <Section key={section.title} section={section} texts={texts} />
          ))}
        </tbody>
      </table>
      <footer>
        <p>
          <span>学生家长签字：</span>
          <span>班主任签字：</span>
          <span>填表日期：　　　　年　　月　　日</span>
        </p>
        {texts ? (
          <p className="xj-collection-notes">注：带★为必采信息项。</p>
        ) : (
          <ol className="xj-collection-notes" aria-label="填表说明">
            {COLLECTION_NOTES.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ol>
        )}
      </footer>
    </article>
  )
}

/** The items in two columns, the first half on the left, as on the paper. */
function Section({ section, texts }: { section: CollectionSection; texts: readonly string[] | undefined }) {
  const { title, items } = section
  const half = Math.ceil(items.length / 2)
  return (
    <>
      <tr className="xj-collection-title">
        <th colSpan={6} scope="colgroup">
          {title}
        </th>
      </tr>
      {items.slice(0, half).map((left, at) => (
        <tr key={left.number}>
          <Item item={left} texts={texts} />
          <Item item={items[half + at]} texts={texts} />
        </tr>
      ))}
    </>
  )
}

function Item({ item, texts }: { item: CollectionItem | undefined; texts: readonly string[] | undefined }) {
  if (!item)
    return (
      <>
        <td />
        <td />
        <td />
      </>
    )
  const text = texts?.[item.number - 1] ?? ''
  return (
    <>
      <td className="xj-collection-no">{item.number}</td>
      <th scope="row">
        {item.label}
        {item.required ? '★' : ''}
      </th>
      <td className={sizeOf(text)}>
        {texts ? text : item.ticks?.map((tick) => <span key={tick} className="xj-collection-tick">{`□${tick}`}</span>)}
      </td>
    </>
  )
}

// A long address is set smaller: one child stays on one sheet whatever is written.
const sizeOf = (text: string): string | undefined =>
  text.length > 80 ? 'xj-collection-tiny' : text.length > 36 ? 'xj-collection-small' : undefined
