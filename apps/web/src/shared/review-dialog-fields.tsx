import { Form, Input } from 'antd'
import { useSession } from './session.tsx'

/**
 * 审核意见, 审核单位 and 审核日期 of a review dialog (menu §2.4, REG-034): the opinion is `opinion` in the surrounding Form, unit and day
 * are fixed.
 */
export function ReviewDialogFields({
  opinionRequired = false,
  opinionLabel = '审核意见',
  autoFocus = false,
}: {
  opinionRequired?: boolean
  opinionLabel?: string
  autoFocus?: boolean
}) {
  const { organization, today } = useSession()
  return (
    <div className="xj-review-fields">
      <Form.Item
        name="opinion"
        label={opinionLabel}
        rules={[{ required: opinionRequired, whitespace: true, message: `审核不通过时必须填写${opinionLabel}` }]}
      >
        <Input.TextArea
          maxLength={500}
          showCount
          autoFocus={autoFocus}
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder="审核不通过时必须填写，学校将看到这段话"
        />
      </Form.Item>
      <Form.Item label="审核单位">
        <span className="xj-fixed">{organization.name}</span>
      </Form.Item>
      <Form.Item label="审核日期">
        <span className="xj-fixed xj-number">{today}</span>
      </Form.Item>
    </div>
  )
}
