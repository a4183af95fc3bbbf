import './print.css'
import { PrinterOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'

/**
 * 打印预览: sheets of A4 as they will be printed. While it is open, printing prints the sheets and nothing else of the page: they stand a second time
 * beside the page, outside everything that scrolls, where a browser can break them into pages.
 */
export function PrintPreview(props: {
  open: boolean
  title: string
  /** Beside the button: which part of how many is shown. */
  extra?: ReactNode
  sheets: readonly ReactNode[]
  onClose: () => void
}) {
  const { open, title, extra, sheets, onClose } = props
  return (
    <Modal
      open={open}
      title={title}
      width={900}
      centered
      destroyOnHidden
      onCancel={onClose}
      footer={
        <div className="xj-print-foot">
          <span>{extra}</span>
          <Button onClick={onClose}>关闭</Button>
          <Button
            type="primary"
            icon={<PrinterOutlined aria-hidden />}
            disabled={sheets.length === 0}
            onClick={() => window.print()}
          >
            打印
          </Button>
        </div>
      }
    >
      <div className="xj-print-desk">{sheets}</div>
      {open ? createPortal(<div className="xj-print">{sheets}</div>, document.body) : null}
    </Modal>
  )
}
