package drafts

// Move puts a copy of the box of one draft in the place of another's.
func (s *Store) Move(from, to string) error {
	_, err := s.db.Exec(`UPDATE draft SET box = (SELECT box FROM draft WHERE id = $1) WHERE id = $2`, from, to)
	return err
}

// Count is how many rows the file holds.
func (s *Store) Count() (n int, err error) {
	err = s.db.QueryRow(`SELECT count(*) FROM draft`).Scan(&n)
	return n, err
}
