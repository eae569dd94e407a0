import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What stands in the way of somebody: WCAG breaches that axe calls serious or critical. */
export async function barriers(page: Page): Promise<string[]> {
  // What is still fading in has not the contrast that it will have.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
  // Legacy mode: Electron's windows cannot open the blank page that axe gathers its results in.
  // A verbatim block scrolls with the caret, which axe does not know of the blocks of a text field.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude('.prose pre').analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}
