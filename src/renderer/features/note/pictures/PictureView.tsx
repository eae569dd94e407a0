import { File as FileIcon, ImageOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import { appClient } from '../../../platform/clients.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { sizeLabel } from '../../../ui/sizes.ts'
import { attempt } from '../../note-actions/index.ts'
import type { PictureSource } from '../reading/reading.ts'
import { nameOf, openFile } from './open-file.ts'
import { pictureType, remoteHost } from './picture-source.ts'
import { loadRemotePicture, useRemotePicture } from './remote-pictures.ts'
import { keepSize, sizeOf } from './sizes.ts'
import { type Attachment, useAttachment, useAttachmentUrl } from './use-attachment.ts'
import { WORDS } from './words.ts'
import './pictures.css'

type PictureProps = {
  /** The note that the picture stands in. */
  readonly from: NoteId
  readonly source: PictureSource
  /** Px, in place of what the source says: while it is dragged. */
  readonly width?: number | null
  /** On a line of its own: with its words below. */
  readonly isAlone?: boolean
  /** What lies over a picture that is shown: its handle. */
  readonly children?: ReactNode
  /** What can be done where the file is missing. */
  readonly missing?: ReactNode
}

/** A picture or a file of the vault, or a place for a picture of the web that was not asked for yet. */
export function PictureView(props: PictureProps) {
  const host = remoteHost(props.source.path)
  return host === null ? <OwnFile {...props} /> : <Remote {...props} host={host} />
}

function OwnFile(props: PictureProps) {
  const { from, source, missing } = props
  const { data: file, isKnown } = useAttachment(from, source.path)
  const type = file && pictureType(file.path)
  const url = useAttachmentUrl(file?.sha256 ?? null, type)
  const [isBroken, setBroken] = useState(false)
  const name = nameOf(file?.path ?? source.path)
  if (!file) {
    if (!isKnown) return null
    return (
      <span className="file-row is-missing" role="note">
        <Icon of={ImageOff} />
        <span>{WORDS.missing(name)}</span>
        {missing}
      </span>
    )
  }
  if (!url || isBroken) return <FileRow file={file} says={isBroken ? WORDS.unreadable(name) : null} />
  return <Shown {...props} url={url} name={name} onBroken={() => setBroken(true)} />
}

type ShownProps = PictureProps & { url: string; name: string; onBroken: () => void }

function Shown({ source, width, isAlone, children, url, name, onBroken }: ShownProps) {
  const [, setLoaded] = useState(false)
  const size = sizeOf(url)
  const wanted = width ?? source.width ?? size?.width
  const hasCaption = isAlone === true && source.words !== ''
  return (
    <span className={isAlone ? 'picture is-alone' : 'picture'}>
      <span className="picture-frame">
        <img
          src={url}
          alt={source.words === '' ? name : source.words}
          loading="lazy"
          decoding="async"
          draggable={false}
          style={{
            ...(wanted === undefined ? {} : { width: `${wanted}px` }),
            ...(size ? { aspectRatio: `${size.width} / ${size.height}` } : {}),
          }}
          onLoad={({ currentTarget }) => {
            keepSize(url, currentTarget)
            setLoaded(true)
          }}
          onError={onBroken}
        />
        {children}
      </span>
      {hasCaption && (
        // the picture's own text says the same to a screen reader
        <span className="picture-words" aria-hidden="true">
          {source.words}
        </span>
      )}
    </span>
  )
}

function Remote(props: PictureProps & { host: string }) {
  const { source, host } = props
  const picture = useRemotePicture(source.path)
  const url = useAttachmentUrl(
    picture?.is === 'loaded' ? picture.sha256 : null,
    picture?.is === 'loaded' ? picture.type : null,
  )
  const [isBroken, setBroken] = useState(false)
  if (url && !isBroken) return <Shown {...props} url={url} name={host} onBroken={() => setBroken(true)} />
  const words =
    picture?.is === 'loading'
      ? WORDS.loading(host)
      : picture?.is === 'failed'
        ? picture.words
        : isBroken
          ? WORDS.unreadable(host)
          : WORDS.remote(host)
  return (
    <span className="file-row" role="note" aria-busy={picture?.is === 'loading'}>
      <Icon of={ImageOff} />
      <span>
        {words}
        {source.words !== '' && <span className="file-row-words"> {source.words}</span>}
      </span>
      {picture?.is !== 'loading' && (
        <button type="button" className="text-button" onClick={() => void loadRemotePicture(source.path)}>
          {WORDS.load}
        </button>
      )}
      {picture?.is === 'failed' && (
        <button
          type="button"
          className="text-button"
          onClick={() => attempt(() => appClient().call('openExternal', { url: source.path }))}
        >
          {WORDS.inBrowser}
        </button>
      )}
    </span>
  )
}

function FileRow({ file, says }: { file: Attachment; says: string | null }) {
  const name = nameOf(file.path)
  return (
    <span className="file-row">
      <Icon of={FileIcon} />
      <span className="clip">
        <span className="authored">{name}</span> <small className="num">{sizeLabel(file.size)}</small>
        {says && <span className="file-row-words"> {says}</span>}
      </span>
      <button type="button" className="text-button" aria-label={WORDS.open(name)} onClick={() => openFile(file.path)}>
        {WORDS.openWord}
      </button>
    </span>
  )
}
