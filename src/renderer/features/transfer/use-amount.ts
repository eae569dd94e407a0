import { useEffect, useState } from 'react'
import type { PageScope } from '../../../ipc/shapes.ts'
import { appClient } from '../../platform/clients.ts'

export type Amount = { readonly notes: number; readonly attachments: number | null }

/** How much a copy would take along; null while that is counted, and where it cannot be. */
export function useAmount(scope: PageScope | null): Amount | null {
  const key = JSON.stringify(scope)
  const [counted, setCounted] = useState<{ readonly key: string; readonly amount: Amount } | null>(null)
  useEffect(() => {
    const asked = JSON.parse(key) as PageScope | null
    if (!asked) return
    let isCurrent = true
    appClient()
      .call('countExport', { scope: asked })
      .then(
        (amount) => {
          if (isCurrent) setCounted({ key, amount })
        },
        () => {}, // the copy itself says what is wrong
      )
    return () => {
      isCurrent = false
    }
  }, [key])
  return counted?.key === key ? counted.amount : null
}
