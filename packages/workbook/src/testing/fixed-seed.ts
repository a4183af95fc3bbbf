import fc from 'fast-check'

/**
 * Imported by tests of properties: the same samples every time, so that a test which fails has been made to fail by a change. Search for more
 * with another number here; what fails then says which sample it was.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20261122 })
