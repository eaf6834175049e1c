// Where the browser keeps what belongs to a voter: this, the ballot's id, a point, and the voter's mark.
export const KEPT = 'tongban.ballot.';
