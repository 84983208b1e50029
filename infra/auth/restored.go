package auth

import (
	"context"
	"fmt"
)

// EndAll ends every session: of a file that was put back nobody knows who held them
// since.
func (s *Store) EndAll(ctx context.Context) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM session`); err != nil {
		return fmt.Errorf("session: %w", err)
	}
	return nil
}
