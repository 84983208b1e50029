package domain

import (
	"errors"
	"fmt"
	"io"
	"slices"
)

// Away marks a fault of a server of tables that ends by itself as ErrStoreAway:
// the connection was lost or refused, the server lacks something or is stopped. Others are answered
// as they are.
func Away(err error) error {
	var told interface{ SQLState() string }
	var network interface{ Temporary() bool }
	var unsent interface{ SafeToRetry() bool }
	if errors.As(err, &told) {
		if !slices.Contains([]string{"08", "28", "53", "57"}, fmt.Sprintf("%.2s", told.SQLState())) {
			return err
		}
	} else if !errors.As(err, &network) && !errors.As(err, &unsent) && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrStoreAway, err)
}
