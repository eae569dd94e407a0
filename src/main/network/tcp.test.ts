import { tcpBed } from '../../testing/tcp-bed.ts'
import { transportSuite } from '../../testing/transport-suite.ts'

transportSuite('TCP and Noise, IPv4', () => tcpBed({ host: '127.0.0.1' }))
