/**
 * Names for the strings that travel through every room. They are plain strings at run time;
 * the aliases say what a string means, the functions below say what it must look like.
 */

/** UUIDv7 made on the phone. Unique; never used for ordering. */
export type EntryId = string
/** UUIDv7 of a document's record, made by whoever created it. */
export type RecordId = string
/** UUIDv7 of one browser profile's key. */
export type InstallId = string
/** Record id of a `member` document. */
export type MemberId = string
/** Record id of a `place` document. */
export type PlaceId = string
/** Record id of a `post` document (a gate is a post). */
export type PostId = string
/** `purpose/place`, see logbooks.ts. */
export type LogbookId = string

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

export const isUuid = (text: string): boolean => UUID.test(text)
