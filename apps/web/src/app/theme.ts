import type { ThemeConfig } from 'antd'

/** The colours of the whole tool: neutral greys, one accent, four tones for states. */
export const PALETTE = {
  accent: '#1d5c96',
  accentSoft: '#e9f1f8',
  success: '#23744a',
  warning: '#9a5b00',
  error: '#b83227',
  text: '#1f2933',
  muted: '#5b6775',
  faint: '#aab3bd',
  line: '#dde2e8',
  lineSoft: '#ebeef2',
  ground: '#f2f4f7',
  head: '#f6f8fa',
  hover: '#f3f7fb',
  paper: '#ffffff',
} as const

const FONT = `"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif`

/** Makes the palette known to the style sheets, as `--xj-<name>`. */
export function installPalette(root: HTMLElement): void {
  for (const [name, colour] of Object.entries(PALETTE)) root.style.setProperty(`--xj-${name}`, colour)
  root.style.setProperty('--xj-font', FONT)
}

/** antd in our look: dense, flat, quiet. */
export const THEME: ThemeConfig = {
  token: {
    colorPrimary: PALETTE.accent,
    colorInfo: PALETTE.accent,
    colorLink: PALETTE.accent,
    // What antd derives for the pointer is too pale to read.
    colorLinkHover: '#2f6fa8',
    colorLinkActive: '#154a7b',
    colorSuccess: PALETTE.success,
    colorWarning: PALETTE.warning,
    colorError: PALETTE.error,
    // Grounds and borders are given: those antd derives from such dark tones turn grey.
    colorPrimaryBg: PALETTE.accentSoft,
    colorPrimaryBgHover: '#dce9f4',
    colorPrimaryBorder: '#a9c6e0',
    colorPrimaryHover: '#2f6fa8',
    colorPrimaryActive: '#154a7b',
    colorInfoBg: PALETTE.accentSoft,
    colorInfoBorder: '#b9d2e8',
    colorSuccessBg: '#e8f4ec',
    colorSuccessBorder: '#b5d9c2',
    colorWarningBg: '#fdf3e1',
    colorWarningBorder: '#efd6a8',
    colorErrorBg: '#fcebe9',
    colorErrorBorder: '#eebfb9',
    controlItemBgActive: PALETTE.accentSoft,
    controlItemBgActiveHover: '#dce9f4',
    controlItemBgHover: PALETTE.hover,
    controlOutline: 'rgb(29 92 150 / 14%)',
    colorTextBase: PALETTE.text,
    colorTextSecondary: PALETTE.muted,
    colorTextDescription: PALETTE.muted,
    colorTextPlaceholder: '#697480',
    colorBorder: '#c9d0d8',
    colorBorderSecondary: PALETTE.line,
    colorBgLayout: PALETTE.ground,
    fontFamily: FONT,
    fontSize: 13,
    borderRadius: 4,
    controlHeight: 28,
    motionUnit: 0.06,
  },
  components: {
    Form: { itemMarginBottom: 12, labelColor: PALETTE.muted },
    Button: { fontWeight: 400, paddingInline: 12, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Modal: { titleFontSize: 15 },
    Tree: { nodeSelectedBg: PALETTE.accentSoft, nodeSelectedColor: PALETTE.accent, nodeHoverBg: PALETTE.hover },
    Timeline: { itemPaddingBottom: 12 },
  },
}
