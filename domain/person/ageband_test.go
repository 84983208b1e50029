package person_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"ayumi/domain"
	"ayumi/domain/japan"
	"ayumi/domain/person"
)

func TestAgeBandsTurnOnBirthdays(t *testing.T) {
	for _, c := range []struct {
		born, on japan.Date
		want     string
	}{
		{japan.On(1999, 6, 2), japan.On(2019, 6, 1), "u20"}, {japan.On(1999, 6, 2), japan.On(2019, 6, 2), "20s"},
		{japan.On(1990, 12, 31), japan.On(2020, 12, 30), "20s"}, {japan.On(1990, 12, 31), japan.On(2020, 12, 31), "30s"},
		{japan.On(1949, 6, 1), japan.On(2019, 5, 31), "60s"}, {japan.On(1949, 6, 1), japan.On(2019, 6, 1), "70p"}, {japan.On(1900, 1, 1), japan.On(2019, 6, 1), "70p"},
		{japan.On(2000, 2, 29), japan.On(2020, 2, 28), "u20"}, {japan.On(2000, 2, 29), japan.On(2020, 2, 29), "20s"},
		{0, japan.On(2019, 6, 1), "unknown"}, {japan.On(2019, 6, 2), japan.On(2019, 6, 1), "unknown"},
	} {
		require.Equal(t, c.want, person.AgeBandOf(c.born, c.on), "%v %v", c.born, c.on)
		require.Contains(t, domain.Codes["age_band"], c.want)
	}
}
