import type { VocationalRow, VocationalValues } from '@xueji/contracts/rooms/vocational/vocational.api'
import { canonicalIdentityNumber } from '@xueji/domain/identity/identity-type'
import { Form, Input } from 'antd'
import { NO_FIELDS } from '../../../shared/newcomers/five-fields-form.tsx'
import { LineDialog } from '../../../shared/newcomers/line-dialog.tsx'
import { ROSTER } from '../vocational.queries.ts'

const EMPTY: VocationalValues = { studentNumber: '', ...NO_FIELDS }

/** 调档学生信息 with 学籍号 before the five fields: 新增, or 修改 of the line named. */
export const VocationalLineDialog = (props: { target: 'new' | VocationalRow | undefined; onClose: () => void }) => (
  <LineDialog
    {...props}
    list={ROSTER}
    empty={EMPTY}
    before={
      <Form.Item
        name="studentNumber"
        label="学籍号"
        normalize={canonicalIdentityNumber}
        extra="选填；填写的须与姓名、身份证件号属于同一学生"
      >
        <Input maxLength={19} className="xj-number" autoComplete="off" />
      </Form.Item>
    }
  />
)
