import { App } from 'antd'

/** A question before something is removed; the answer is true for 是. */
export function useAskRemoval(): (title: string, content: string) => Promise<boolean> {
  const { modal } = App.useApp()
  return async (title, content) =>
    await modal.confirm({ title, content, okText: '是', cancelText: '否', okButtonProps: { danger: true } })
}
