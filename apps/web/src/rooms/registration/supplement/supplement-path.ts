/** Where a line of the preschool roster is filled in. */
export const supplementPath = (id: string): string => `/api/rooms/preschool/lines/${id}/supplement`
